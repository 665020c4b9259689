package pregao.ingest.rejection;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Count of rejected items of one feed and item type, for one class of reasons.
 *
 * @param reason what the rejected items have in common
 * @param count the number of rejected items
 * @param symbol the symbol of the last one
 * @param example the reason of the last one
 * @param firstAt when the first one was received
 * @param lastAt when the last one was received
 */
record RejectionCount(Reason reason, long count, @Nullable String symbol, String example, Instant firstAt,
        Instant lastAt) {

    private static final int MAX_TEXT_LENGTH = 200;

    RejectionCount {
        example = sanitize(example);
        symbol = (symbol != null) ? sanitize(symbol) : null;
    }

    /** Truncates a text, and replaces NUL characters, which PostgreSQL cannot store. */
    private static String sanitize(String text) {
        return ((text.length() > MAX_TEXT_LENGTH) ? text.substring(0, MAX_TEXT_LENGTH) : text).replace('\0', '?');
    }

    RejectionCount plus(RejectionCount later) {
        return new RejectionCount(this.reason, this.count + later.count, later.symbol, later.example, this.firstAt,
                later.lastAt);
    }

    /**
     * What rejected items have in common.
     *
     * @param feed the feed
     * @param item {@code candle} or {@code tick}
     * @param field the invalid field
     * @param kind the class of the reason, as in the metrics
     */
    record Reason(String feed, String item, String field, String kind) {
    }

}
