package pregao.aggregator.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A period to refresh.
 *
 * @param from the start, inclusive
 * @param to the end, exclusive; after the start
 */
record RefreshRange(Instant from, Instant to) {

    RefreshRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span ends after %s, not at %s".formatted(from, to));
        }
    }

    /**
     * Merges ranges and splits them into ranges of a limited duration that do not
     * overlap. They are in order of time, because the newest one determines how far an
     * aggregate is refreshed.
     * @param ranges the ranges, in any order
     * @param maxDuration the maximum duration of a range
     */
    static List<RefreshRange> split(List<RefreshRange> ranges, Duration maxDuration) {
        List<RefreshRange> result = new ArrayList<>();
        Instant coveredUntil = Instant.MIN;
        for (RefreshRange range : ranges.stream().sorted((left, right) -> left.from.compareTo(right.from)).toList()) {
            Instant from = range.from.isAfter(coveredUntil) ? range.from : coveredUntil;
            while (from.isBefore(range.to)) {
                int last = result.size() - 1;
                boolean isJoined = last >= 0 && result.get(last).to.equals(from)
                        && result.get(last).from.plus(maxDuration).isAfter(from);
                Instant start = isJoined ? result.remove(last).from : from;
                Instant end = start.plus(maxDuration).isBefore(range.to) ? start.plus(maxDuration) : range.to;
                result.add(new RefreshRange(start, end));
                from = end;
            }
            coveredUntil = range.to.isAfter(coveredUntil) ? range.to : coveredUntil;
        }
        return result;
    }

}
