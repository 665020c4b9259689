package pregao.ingest.parser;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * Parser for timeframes as MetaTrader writes them: the name, the MQL constant or its
 * number.
 */
public final class TimeframeParser {

    /** Expected value, for error messages. */
    static final String EXPECTED = "one of M1, M5, M15, M30, H1, H4, D1";

    private static final String EXPECTED_LONGER = EXPECTED + "; weeks and months are not stored, make them of days";

    private static final String MQL_PREFIX = "PERIOD_";

    private TimeframeParser() {
    }

    /**
     * Parses a timeframe.
     * @param text the text as sent
     * @return the timeframe, or empty if it is not a stored timeframe
     */
    public static Optional<Timeframe> parse(String text) {
        return Timeframe.named(normalize(text));
    }

    /**
     * Creates the rejection of an invalid timeframe.
     * @param text the text as sent
     * @param field the name of the field
     * @return the rejection
     */
    static Rejection toRejection(String text, String field) {
        String name = normalize(text);
        String description = name.equals(text) ? '"' + text + '"'
                : "\"%s\" (%s)".formatted(Rejection.truncate(text), name);
        boolean longer = name.equals("W1") || name.equals("MN1");
        return Rejection.outOfRange(field, description, longer ? EXPECTED_LONGER : EXPECTED);
    }

    private static String normalize(String text) {
        String withoutPrefix = text.startsWith(MQL_PREFIX) ? text.substring(MQL_PREFIX.length()) : text;
        String standardName = fromMqlNumber(withoutPrefix);
        return (standardName != null) ? standardName : withoutPrefix;
    }

    private static @Nullable String fromMqlNumber(String number) {
        return switch (number) {
            case "1" -> "M1";
            case "5" -> "M5";
            case "15" -> "M15";
            case "30" -> "M30";
            case "16385" -> "H1";
            case "16388" -> "H4";
            case "16408" -> "D1";
            case "32769" -> "W1";
            case "49153" -> "MN1";
            default -> null;
        };
    }

}
