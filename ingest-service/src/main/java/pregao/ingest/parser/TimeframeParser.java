package pregao.ingest.parser;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * Timeframes as terminals write them: the name, MQL's constant, or MQL's number.
 */
public final class TimeframeParser {

    /** What a sender is told. */
    static final String EXPECTED = "one of M1, M5, M15, M30, H1, H4, D1";

    private static final String EXPECTED_LONGER = EXPECTED + "; weeks and months are not stored, make them of days";

    private static final String MQL_PREFIX = "PERIOD_";

    private TimeframeParser() {
    }

    /**
     * The timeframe of a text.
     * @param text as sent
     * @return the timeframe, or nothing where it is none that is stored
     */
    public static Optional<Timeframe> parse(String text) {
        return Timeframe.named(normalize(text));
    }

    /**
     * Why a text is no timeframe.
     * @param text as sent
     * @param field the field's name
     * @return the complaint
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
