package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

/**
 * Reason for the rejection of one item.
 *
 * @param field the name of the field, as the sender spells it
 * @param reason what is wrong, with the value
 * @param expected the expected value
 * @param kind the class of the reason, for metrics
 */
public record Rejection(String field, String reason, String expected, Kind kind) {

    private static final int MAX_QUOTE_LENGTH = 40;

    static Rejection missing(String field, String expected) {
        return new Rejection(field, field + " is missing", expected, Kind.MISSING);
    }

    static Rejection malformed(String field, JsonValueSlice value, String expected) {
        return new Rejection(field, "%s is %s".formatted(field, value.describe()), expected, Kind.MALFORMED);
    }

    static Rejection outOfRange(String field, String value, String expected) {
        return new Rejection(field, "%s is %s".formatted(field, truncate(value)), expected, Kind.RANGE);
    }

    static String truncate(String text) {
        return (text.length() <= MAX_QUOTE_LENGTH) ? text : text.substring(0, MAX_QUOTE_LENGTH) + "…";
    }

    static @Nullable String truncateOrNull(@Nullable String text) {
        return (text != null) ? truncate(text) : null;
    }

    /**
     * Classes of reasons.
     */
    public enum Kind {

        /** A required field is missing. */
        MISSING,
        /** The value is not a number, a time or a symbol. */
        MALFORMED,
        /** A number is out of range. */
        RANGE,
        /** High and low do not enclose open and close. */
        SHAPE,
        /** The time is in the future. */
        FUTURE,
        /** The time is too long ago: in 1970 or before. */
        PAST,
        /**
         * Two times contradict each other, or a local time does not exist or is
         * ambiguous.
         */
        CONTRADICTION,
        /** The feed has reached its maximum number of instruments. */
        INSTRUMENTS,
        /** The time of an H4 or D1 candle is not on the day grid of the feed. */
        MISALIGNED,
        /**
         * The price deviates too much from its neighbors; the item waits in quarantine
         * until a user releases it.
         */
        QUARANTINED

    }

}
