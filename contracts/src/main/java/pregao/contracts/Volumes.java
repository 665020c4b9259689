package pregao.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a volume may be: the database keeps 38 digits, 8 of them decimals, and a day's
 * worth of minutes must still fit.
 */
public final class Volumes {

    /** The largest volume of a tick or a minute, 1e26. */
    public static final BigDecimal MAX_A_MINUTE = BigDecimal.TEN.pow(26);

    private static final int SCALE = 8;

    private static final int LONGEST_TEXT = 64;

    private Volumes() {
    }

    /**
     * Rounds half up to 8 decimals. The work does not depend on the exponent, so a
     * hostile number costs nothing.
     * @param decimal any number from 0
     * @return the nearest number that can be kept
     */
    public static BigDecimal rounded(BigDecimal decimal) {
        if (decimal.scale() <= SCALE) {
            return decimal;
        }
        boolean negligible = (long) decimal.precision() - decimal.scale() < -SCALE;
        return negligible ? BigDecimal.ZERO : decimal.setScale(SCALE, RoundingMode.HALF_UP);
    }

    /**
     * Whether a volume is small enough to be kept.
     * @param decimal any number
     * @param minutes how many minutes it covers
     * @return false where it is above {@link #MAX_A_MINUTE} a minute
     */
    public static boolean fits(BigDecimal decimal, long minutes) {
        // Digits before the point, as long: the scale of a hostile number overflows.
        long digits = (long) decimal.precision() - decimal.scale();
        if (decimal.signum() == 0 || digits < MAX_A_MINUTE.precision()) {
            return true;
        }
        return digits <= MAX_A_MINUTE.precision() + SCALE
                && decimal.compareTo(MAX_A_MINUTE.multiply(BigDecimal.valueOf(minutes))) <= 0;
    }

    /**
     * Checks a volume, and drops the zeros at the end of its decimals, so that equal
     * volumes are equal objects.
     * @param decimal any number
     * @param minutes how many minutes it covers
     * @return the same number
     * @throws IllegalArgumentException where it is below 0, above {@link #MAX_A_MINUTE} a
     * minute, or has more than 8 decimals
     */
    public static BigDecimal checked(BigDecimal decimal, long minutes) {
        BigDecimal volume = (decimal.scale() == 0) ? decimal : plain(decimal);
        if (volume.signum() < 0) {
            throw new IllegalArgumentException("volume must be at least 0, not " + volume);
        }
        if (!fits(volume, minutes)) {
            throw new IllegalArgumentException("volume must be at most 1e26 a minute, not " + volume);
        }
        return volume;
    }

    /**
     * Reads what {@link BigDecimal#toPlainString()} wrote, without the work that a
     * hostile text would make.
     * @param text a decimal
     * @return the number, not yet checked
     * @throws IllegalArgumentException where it is no number or too long
     */
    public static BigDecimal parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a volume of %d characters".formatted(text.length()));
        }
        try {
            return new BigDecimal(text);
        }
        catch (NumberFormatException ex) {
            throw new IllegalArgumentException("volume '%s' is not a number".formatted(text), ex);
        }
    }

    private static BigDecimal plain(BigDecimal decimal) {
        if (decimal.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // Digits before the point, as long: the scale of a hostile number overflows.
        long digits = (long) decimal.precision() - decimal.scale();
        if (digits > MAX_A_MINUTE.precision() + SCALE) {
            throw new IllegalArgumentException("volume must be at most 1e26 a minute, not " + decimal);
        }
        if (decimal.scale() < 0) {
            return decimal.setScale(0);
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        if (stripped.scale() > SCALE) {
            throw new IllegalArgumentException("volume may have 8 decimals, not as many as " + decimal);
        }
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

}
