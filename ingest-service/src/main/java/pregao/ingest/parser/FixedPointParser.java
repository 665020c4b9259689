package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.Volumes;

/**
 * Parser for decimal numbers. A price has 8 decimals: representation errors of a double
 * beyond them are rounded away, and a price with more significant decimals is rejected.
 * Volumes and spreads are always rounded.
 */
final class FixedPointParser {

    /** The text is not a JSON number. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /**
     * The price has more than 8 decimals, and rounding changes it by more than a relative
     * 1e-9.
     */
    static final long TOO_FINE = Long.MIN_VALUE + 1;

    /** The absolute value exceeds 9e10. */
    static final long TOO_LARGE = Long.MIN_VALUE + 2;

    private static final long[] SCALES = { 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1 };

    private static final long MAX_WHOLE = Prices.MAX / Prices.ONE;

    private static final int MAX_LENGTH = 64;

    /**
     * The maximum relative change by rounding a price; the error of a double is smaller.
     */
    private static final BigDecimal MAX_RELATIVE_ROUNDING = BigDecimal.ONE.movePointLeft(9);

    private static final int MAX_WHOLE_DIGITS = 18;

    private FixedPointParser() {
    }

    static boolean isUnits(long result) {
        return result > TOO_LARGE;
    }

    /**
     * Parses a price.
     * @param text the characters
     * @return units of 1e-8, or one of the three error constants
     */
    static long parseUnits(JsonValueSlice text) {
        return parseUnits(text.chars(), text.from(), text.length());
    }

    /**
     * Parses a spread and rounds it half up to 8 decimals.
     * @param text the characters
     * @return units of 1e-8, {@link #NOT_A_NUMBER} or {@link #TOO_LARGE}
     */
    static long parseRoundedUnits(JsonValueSlice text) {
        long units = parseUnits(text);
        if (units != TOO_FINE) {
            return units;
        }
        BigDecimal decimal = parseDecimal(text.chars(), text.from(), text.length());
        if (decimal == null) {
            return NOT_A_NUMBER;
        }
        BigDecimal magnitude = Volumes.rounded(decimal.abs());
        return Prices.of((decimal.signum() < 0) ? magnitude.negate() : magnitude);
    }

    private static long parseUnits(char[] chars, int from, int length) {
        int end = from + length;
        boolean negative = length > 0 && chars[from] == '-';
        int first = negative ? from + 1 : from;
        int point = findDigitsEnd(chars, first, end);
        boolean fraction = point < end && chars[point] == '.';
        int last = fraction ? findDigitsEnd(chars, point + 1, end) : point;
        if (point == first || (fraction && last == point + 1)) {
            return NOT_A_NUMBER;
        }
        if (last < end) {
            return (chars[last] == 'e' || chars[last] == 'E') ? parseExponent(chars, from, length) : NOT_A_NUMBER;
        }
        long units = parseUnits(chars, first, point, last);
        if (units == TOO_FINE) {
            units = roundNoise(parseDecimal(chars, first, Math.min(end - first, MAX_LENGTH)));
        }
        return (units < 0) ? units : negative ? -units : units;
    }

    private static int findDigitsEnd(char[] chars, int from, int end) {
        int index = from;
        while (index < end && isDigit(chars[index])) {
            index++;
        }
        return index;
    }

    private static long parseUnits(char[] chars, int first, int point, int end) {
        long whole = 0;
        for (int i = first; i < point; i++) {
            // Stops at the limit to avoid an overflow.
            whole = (whole > MAX_WHOLE) ? whole : whole * 10 + (chars[i] - '0');
        }
        long fraction = 0;
        int kept = Math.min(end, point + 1 + Prices.SCALE);
        for (int i = point + 1; i < kept; i++) {
            fraction = fraction * 10 + (chars[i] - '0');
        }
        fraction *= SCALES[Math.max(kept - point - 1, 0)];
        if (whole > MAX_WHOLE || (whole == MAX_WHOLE && fraction > 0)) {
            return TOO_LARGE;
        }
        for (int i = kept; i < end; i++) {
            if (i > point && chars[i] != '0') {
                return TOO_FINE;
            }
        }
        return whole * Prices.ONE + fraction;
    }

    private static long parseExponent(char[] chars, int from, int length) {
        BigDecimal decimal = parseDecimal(chars, from, length);
        if (decimal == null) {
            return NOT_A_NUMBER;
        }
        if (decimal.signum() == 0) {
            return 0;
        }
        if ((long) decimal.precision() - decimal.scale() > 11) {
            return TOO_LARGE;
        }
        if (decimal.stripTrailingZeros().scale() > Prices.SCALE) {
            long magnitude = roundNoise(decimal.abs());
            return (magnitude < 0 || decimal.signum() > 0) ? magnitude : -magnitude;
        }
        try {
            return Prices.of(decimal);
        }
        catch (ArithmeticException ex) {
            return TOO_LARGE;
        }
    }

    /** Rounds a price that was printed with all digits of a double. */
    private static long roundNoise(@Nullable BigDecimal value) {
        if (value == null) {
            return NOT_A_NUMBER;
        }
        BigDecimal rounded = Volumes.rounded(value);
        if (rounded.subtract(value).abs().compareTo(value.multiply(MAX_RELATIVE_ROUNDING)) > 0) {
            return TOO_FINE;
        }
        try {
            return Prices.of(rounded);
        }
        catch (ArithmeticException ex) {
            return TOO_LARGE;
        }
    }

    private static @Nullable BigDecimal parseDecimal(char[] chars, int from, int length) {
        if (length > MAX_LENGTH) {
            return null;
        }
        try {
            return new BigDecimal(chars, from, length);
        }
        catch (NumberFormatException ex) {
            return null;
        }
    }

    /**
     * Parses a volume and rounds it half up to 8 decimals.
     * @param text the characters
     * @return the volume, which can exceed the limit of {@link Volumes#fits}, or null if
     * it is not a number or is negative
     */
    static @Nullable BigDecimal parseVolume(JsonValueSlice text) {
        long units = parseUnits(text);
        if (units == TOO_LARGE || units == TOO_FINE) {
            BigDecimal decimal = parseDecimal(text.chars(), text.from(), text.length());
            return (decimal != null && decimal.signum() > 0) ? Volumes.rounded(decimal) : null;
        }
        if (units < 0) {
            return null;
        }
        return (units % Prices.ONE == 0) ? BigDecimal.valueOf(units / Prices.ONE) : Prices.toDecimal(units);
    }

    /**
     * Counts the digits after the decimal point.
     * @param text the characters
     * @return the number of digits, or 0 if there is no decimal point
     */
    static int countDecimals(JsonValueSlice text) {
        int end = text.from() + text.length();
        for (int i = text.from(); i < end; i++) {
            if (text.chars()[i] == '.') {
                return findDigitsEnd(text.chars(), i + 1, end) - i - 1;
            }
        }
        return 0;
    }

    /**
     * Parses a whole number.
     * @param text the characters, which may end with {@code .0}
     * @return the number, or {@link #NOT_A_NUMBER}
     */
    static long parseWhole(JsonValueSlice text) {
        int end = text.from() + text.length();
        int index = text.from();
        boolean negative = index < end && text.chars()[index] == '-';
        int first = negative ? index + 1 : index;
        index = first;
        long whole = 0;
        while (index < end && isDigit(text.chars()[index]) && index - first < MAX_WHOLE_DIGITS) {
            whole = whole * 10 + (text.chars()[index++] - '0');
        }
        if (index == first) {
            return NOT_A_NUMBER;
        }
        if (index + 1 < end && text.chars()[index] == '.') {
            index++;
            while (index < end && text.chars()[index] == '0') {
                index++;
            }
        }
        return (index < end) ? NOT_A_NUMBER : negative ? -whole : whole;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

}
