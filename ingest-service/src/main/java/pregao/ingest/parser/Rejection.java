package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

/**
 * Why one item is refused.
 *
 * @param field which field, as the sender spells it
 * @param reason what is wrong, with the value
 * @param expected what would be right
 * @param kind what the metrics count it as
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
     * The classes of reasons.
     */
    public enum Kind {

        /** A field that must be there is not. */
        MISSING,
        /** Not a number, a time, a symbol. */
        MALFORMED,
        /** A number where it may not be. */
        RANGE,
        /** High and low that do not enclose. */
        SHAPE,
        /** Later than now. */
        FUTURE,
        /** Before there were terminals. */
        PAST,
        /** Two times that disagree, or a local time that is skipped or shown twice. */
        CONTRADICTION,
        /** One instrument more than a feed may have. */
        INSTRUMENTS,
        /** H4 or D1 off the day grid of the feed. */
        MISALIGNED,
        /** Far off its neighbours: kept until a person releases it. */
        QUARANTINED

    }

}
