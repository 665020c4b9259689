package pregao.aggregator.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A time to be refreshed.
 *
 * @param from its start
 * @param to its end, after the start
 */
record RefreshRange(Instant from, Instant to) {

    RefreshRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span ends after %s, not at %s".formatted(from, to));
        }
    }

    /**
     * The same time in pieces that neither overlap nor are too long. From old to new: the
     * newest one says how far an aggregate is.
     * @param spans in any order
     * @param longest of a piece
     */
    static List<RefreshRange> pieces(List<RefreshRange> spans, Duration longest) {
        List<RefreshRange> pieces = new ArrayList<>();
        Instant done = Instant.MIN;
        for (RefreshRange span : spans.stream().sorted((a, b) -> a.from.compareTo(b.from)).toList()) {
            Instant from = span.from.isAfter(done) ? span.from : done;
            while (from.isBefore(span.to)) {
                int last = pieces.size() - 1;
                boolean joins = last >= 0 && pieces.get(last).to.equals(from)
                        && pieces.get(last).from.plus(longest).isAfter(from);
                Instant start = joins ? pieces.remove(last).from : from;
                Instant end = start.plus(longest).isBefore(span.to) ? start.plus(longest) : span.to;
                pieces.add(new RefreshRange(start, end));
                from = end;
            }
            done = span.to.isAfter(done) ? span.to : done;
        }
        return pieces;
    }

}
