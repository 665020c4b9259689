package pregao.contracts;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Amounts of money, quantities and prices in events of the ledger: decimals without zeros
 * at their end, so that equal ones are equal objects.
 */
public final class Amounts {

    private static final int DIGITS = 20;

    private static final int DECIMALS = 8;

    private static final int LONGEST_TEXT = 40;

    private Amounts() {
    }

    /**
     * Checks an amount.
     * @param amount any number
     * @param what its name
     * @return the same number
     * @throws IllegalArgumentException where it has more than 8 decimals, or more than 20
     * digits before them
     */
    public static BigDecimal checked(BigDecimal amount, String what) {
        if (amount.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // As long: the scale of a hostile number overflows.
        if ((long) amount.precision() - amount.scale() > DIGITS || (long) amount.scale() > LONGEST_TEXT) {
            throw new IllegalArgumentException(what + " has too many digits");
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        if (stripped.scale() > DECIMALS) {
            throw new IllegalArgumentException(what + " has more than 8 decimals");
        }
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

    /**
     * Reads a decimal.
     * @param text as written
     * @return the number, not yet checked
     * @throws IllegalArgumentException where it is no number
     */
    public static BigDecimal parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("an amount of %d characters".formatted(text.length()));
        }
        try {
            return new BigDecimal(text);
        }
        catch (NumberFormatException ex) {
            throw new IllegalArgumentException("'%s' is not a number".formatted(text), ex);
        }
    }

    /**
     * Reads a decimal that may be missing.
     * @param text as written, or empty
     * @return null where it is empty
     */
    public static @Nullable BigDecimal parseOrNull(String text) {
        return text.isEmpty() ? null : parse(text);
    }

    /**
     * Writes a decimal that may be missing.
     * @param amount a number, or null
     * @return empty where it is null
     */
    public static String text(@Nullable BigDecimal amount) {
        return (amount != null) ? amount.toPlainString() : "";
    }

}
