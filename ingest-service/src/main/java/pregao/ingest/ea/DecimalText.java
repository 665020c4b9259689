package pregao.ingest.ea;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;

/**
 * Decimals from their characters, exactly: what has more than 8 decimals is refused, not
 * rounded.
 */
final class DecimalText {

    /** Not a number as JSON writes it. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** More than 8 decimals that are not zero. */
    static final long TOO_FINE = Long.MIN_VALUE + 1;

    /** Beyond 9e10 either way. */
    static final long TOO_LARGE = Long.MIN_VALUE + 2;

    private static final long[] SCALES = { 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1 };

    private static final long MOST_WHOLE = Price.MAX / Price.ONE;

    private static final int LONGEST = 64;

    private static final BigDecimal VOLUME_LIMIT = BigDecimal.TEN.pow(30);

    private static final int LONGEST_WHOLE = 18;

    private DecimalText() {
    }

    static boolean isUnits(long result) {
        return result > TOO_LARGE;
    }

    /**
     * Reads a price.
     * @param text the characters
     * @return units of 1e-8, or one of the three constants
     */
    static long units(ValueText text) {
        return units(text.chars(), text.from(), text.length());
    }

    private static long units(char[] chars, int from, int length) {
        int end = from + length;
        boolean negative = length > 0 && chars[from] == '-';
        int first = negative ? from + 1 : from;
        int point = endOfDigits(chars, first, end);
        boolean fraction = point < end && chars[point] == '.';
        int last = fraction ? endOfDigits(chars, point + 1, end) : point;
        if (point == first || (fraction && last == point + 1)) {
            return NOT_A_NUMBER;
        }
        if (last < end) {
            return (chars[last] == 'e' || chars[last] == 'E') ? unitsOfExponent(chars, from, length) : NOT_A_NUMBER;
        }
        long units = units(chars, first, point, last);
        return (units < 0) ? units : negative ? -units : units;
    }

    private static int endOfDigits(char[] chars, int from, int end) {
        int at = from;
        while (at < end && digit(chars[at])) {
            at++;
        }
        return at;
    }

    private static long units(char[] chars, int first, int point, int end) {
        long whole = 0;
        for (int i = first; i < point; i++) {
            // Stays beyond the limit once it is there, and does not overflow.
            whole = (whole > MOST_WHOLE) ? whole : whole * 10 + (chars[i] - '0');
        }
        long fraction = 0;
        int kept = Math.min(end, point + 1 + Price.SCALE);
        for (int i = point + 1; i < kept; i++) {
            fraction = fraction * 10 + (chars[i] - '0');
        }
        fraction *= SCALES[Math.max(kept - point - 1, 0)];
        if (whole > MOST_WHOLE || (whole == MOST_WHOLE && fraction > 0)) {
            return TOO_LARGE;
        }
        for (int i = kept; i < end; i++) {
            if (i > point && chars[i] != '0') {
                return TOO_FINE;
            }
        }
        return whole * Price.ONE + fraction;
    }

    private static long unitsOfExponent(char[] chars, int from, int length) {
        BigDecimal decimal = decimal(chars, from, length);
        if (decimal == null) {
            return NOT_A_NUMBER;
        }
        if (decimal.signum() == 0) {
            return 0;
        }
        if ((long) decimal.precision() - decimal.scale() > 11) {
            return TOO_LARGE;
        }
        if (decimal.stripTrailingZeros().scale() > Price.SCALE) {
            return TOO_FINE;
        }
        try {
            return Price.of(decimal);
        }
        catch (ArithmeticException ex) {
            return TOO_LARGE;
        }
    }

    private static @Nullable BigDecimal decimal(char[] chars, int from, int length) {
        if (length > LONGEST) {
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
     * Reads a volume.
     * @param text the characters
     * @return the volume, or null where it is not a number from 0 to 1e30 with at most 8
     * decimals
     */
    static @Nullable BigDecimal volume(ValueText text) {
        long units = units(text);
        if (units == TOO_LARGE) {
            BigDecimal decimal = decimal(text.chars(), text.from(), text.length());
            boolean fits = decimal != null && decimal.signum() > 0 && decimal.compareTo(VOLUME_LIMIT) < 0
                    && decimal.stripTrailingZeros().scale() <= Price.SCALE;
            return fits ? decimal : null;
        }
        if (units < 0) {
            return null;
        }
        return (units % Price.ONE == 0) ? BigDecimal.valueOf(units / Price.ONE) : Price.toDecimal(units);
    }

    /**
     * Reads a whole number.
     * @param text the characters
     * @return the number, which may end in {@code .0}, or {@link #NOT_A_NUMBER}
     */
    static long whole(ValueText text) {
        int end = text.from() + text.length();
        int at = text.from();
        boolean negative = at < end && text.chars()[at] == '-';
        int first = negative ? at + 1 : at;
        at = first;
        long whole = 0;
        while (at < end && digit(text.chars()[at]) && at - first < LONGEST_WHOLE) {
            whole = whole * 10 + (text.chars()[at++] - '0');
        }
        if (at == first) {
            return NOT_A_NUMBER;
        }
        if (at + 1 < end && text.chars()[at] == '.') {
            at++;
            while (at < end && text.chars()[at] == '0') {
                at++;
            }
        }
        return (at < end) ? NOT_A_NUMBER : negative ? -whole : whole;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

}
