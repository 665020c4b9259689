package pregao.ingest.rejection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.ingest.parser.Rejection;

/**
 * In-memory counters of rejected items, kept until they are stored.
 */
@Component
public class RejectionLog {

    /**
     * The service defines the names of fields and classes, so only feeds increase the
     * number.
     */
    private static final int MAX_REASONS = 5000;

    private final Clock clock;

    private Map<RejectionCount.Reason, RejectionCount> counts = new HashMap<>();

    RejectionLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a rejected item.
     * @param feed the feed
     * @param item {@code candle} or {@code tick}
     * @param symbol the symbol as sent
     * @param rejection the reason
     */
    public void add(String feed, String item, @Nullable String symbol, Rejection rejection) {
        Instant now = this.clock.instant();
        RejectionCount.Reason reason = new RejectionCount.Reason(feed, item, rejection.field(),
                rejection.kind().name().toLowerCase(Locale.ROOT));
        merge(List.of(new RejectionCount(reason, 1, symbol, rejection.reason(), now, now)));
    }

    private synchronized void merge(List<RejectionCount> additions) {
        for (RejectionCount count : additions) {
            if (this.counts.size() < MAX_REASONS || this.counts.containsKey(count.reason())) {
                this.counts.merge(count.reason(), count, RejectionCount::plus);
            }
        }
    }

    /**
     * Removes and returns the counts.
     * @return one count for each reason
     */
    synchronized List<RejectionCount> drain() {
        List<RejectionCount> drained = new ArrayList<>(this.counts.values());
        this.counts = new HashMap<>();
        return drained;
    }

    /**
     * Restores counts that could not be stored.
     * @param failed the counts that {@link #drain} returned
     */
    void restore(List<RejectionCount> failed) {
        merge(failed);
    }

}
