package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.Volumes;

/**
 * Decimals from their characters. A price keeps 8 decimals: what a double adds behind
 * them is rounded off, and what is more than that noise is refused. A volume and a spread
 * are always rounded.
 */
final class FixedPointParser {

    /** Not a number as JSON writes it. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** More than 8 decimals, and rounding to 8 would change it by more than 1e-9. */
    static final long TOO_FINE = Long.MIN_VALUE + 1;

    /** Beyond 9e10 either way. */
    static final long TOO_LARGE = Long.MIN_VALUE + 2;

    private static final long[] SCALES = { 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1 };

    private static final long MAX_WHOLE = Prices.MAX / Prices.ONE;

    private static final int MAX_LENGTH = 64;

    /** Rounding may change a price by this much of it: a double is off by less. */
    private static final BigDecimal MAX_RELATIVE_ROUNDING = BigDecimal.ONE.movePointLeft(9);

    private static final int MAX_WHOLE_DIGITS = 18;

    private FixedPointParser() {
    }

    static boolean isUnits(long result) {
        return result > TOO_LARGE;
    }

    /**
     * Reads a price.
     * @param text the characters
     * @return units of 1e-8, or one of the three constants
     */
    static long parseUnits(JsonValueSlice text) {
        return parseUnits(text.chars(), text.from(), text.length());
    }

    /**
     * Reads a spread, which is rounded half up to 8 decimals.
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
            // Stays beyond the limit once it is there, and does not overflow.
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

    /** A price of a double that was printed with all its digits. */
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
     * Reads a volume, rounded half up to 8 decimals.
     * @param text the characters
     * @return the volume, which may be more than {@link Volumes#fits} allows, or null
     * where it is not a number from 0
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
     * How many digits stand behind the point.
     * @param text the characters
     * @return the number, 0 where there is no point
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
     * Reads a whole number.
     * @param text the characters
     * @return the number, which may end in {@code .0}, or {@link #NOT_A_NUMBER}
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
