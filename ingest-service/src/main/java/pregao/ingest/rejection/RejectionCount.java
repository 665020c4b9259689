package pregao.ingest.rejection;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Rejected items of one feed, of one kind, for one class of reasons.
 *
 * @param reason what they have in common
 * @param count how many
 * @param symbol of the last one
 * @param example the text of the last one
 * @param firstAt when the first one came
 * @param lastAt when the last one came
 */
record RejectionCount(Reason reason, long count, @Nullable String symbol, String example, Instant firstAt,
        Instant lastAt) {

    private static final int MAX_TEXT_LENGTH = 200;

    RejectionCount {
        example = sanitize(example);
        symbol = (symbol != null) ? sanitize(symbol) : null;
    }

    /** PostgreSQL keeps no zero in a text. */
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
     * @param feed of the senders
     * @param item {@code candle} or {@code tick}
     * @param field which field is wrong
     * @param kind the class of the reason, as the metrics count it
     */
    record Reason(String feed, String item, String field, String kind) {
    }

}
