package pregao.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic on prices, which are {@code long}s in units of 1e-8: exact, and without an
 * object a price.
 */
public final class Prices {

    /** Units in 1. */
    public static final long ONE = 100_000_000;

    /** Decimals of a unit. */
    public static final int SCALE = 8;

    /** The largest price, 9e10. */
    public static final long MAX = 90_000_000_000L * ONE;

    private Prices() {
    }

    /**
     * The fixed-point form of a decimal.
     * @param decimal a number with at most 8 decimals that are not zero, between -9e10
     * and 9e10
     * @return units of 1e-8
     * @throws ArithmeticException where it does not fit
     */
    public static long of(BigDecimal decimal) {
        long units = decimal.movePointRight(SCALE).longValueExact();
        return checked(units);
    }

    /**
     * The fixed-point form of a decimal with any number of decimals, rounded half-up
     * (away from zero) to 8.
     * @param decimal a number between -9e10 and 9e10
     * @return units of 1e-8
     * @throws ArithmeticException where it does not fit
     */
    public static long rounded(BigDecimal decimal) {
        return of(decimal.setScale(SCALE, RoundingMode.HALF_UP));
    }

    /**
     * The decimal form.
     * @param units units of 1e-8
     * @return a decimal with 8 decimals
     */
    public static BigDecimal toDecimal(long units) {
        return BigDecimal.valueOf(units, SCALE);
    }

    /**
     * The shortest plain text: no exponent, no zeros at the end of the decimals.
     * @param units units of 1e-8
     * @return such as {@code 1.0855}
     */
    public static String toText(long units) {
        return appendTo(new StringBuilder(20), units).toString();
    }

    /**
     * Appends what {@link #toText} gives.
     * @param text where to
     * @param units units of 1e-8
     * @return the same builder
     */
    public static StringBuilder appendTo(StringBuilder text, long units) {
        if (units < 0) {
            text.append('-');
        }
        long rest = Math.absExact(units);
        text.append(rest / ONE);
        long decimals = rest % ONE;
        if (decimals != 0) {
            text.append('.');
            for (long digit = ONE / 10; decimals != 0; digit /= 10) {
                text.append((char) ('0' + decimals / digit));
                decimals %= digit;
            }
        }
        return text;
    }

    /**
     * Half-way between bid and ask, rounded half-up to a unit.
     * @param bid units of 1e-8
     * @param ask units of 1e-8
     * @return units of 1e-8
     */
    public static long mid(long bid, long ask) {
        // bid + ask would overflow from 4.6e10 on.
        return (bid | ask) - ((bid ^ ask) >> 1);
    }

    /**
     * A mean rounded half-up, which for negative ones is away from zero, as SQL's
     * {@code round(avg(x), 8)} does.
     * @param sum of any sign
     * @param count above 0
     * @return the mean
     */
    public static long mean(long sum, long count) {
        long mean = sum / count;
        long rest = Math.abs(sum % count);
        return (rest >= count - rest) ? mean + Long.signum(sum) : mean;
    }

    /**
     * Checks that a number is a price that something can be traded at.
     * @param units units of 1e-8
     * @param what the name of the number, such as {@code bid}
     * @return the same number
     * @throws IllegalArgumentException where it is not above 0 and at most 9e10
     */
    public static long checked(long units, String what) {
        if (units <= 0 || units > MAX) {
            throw new IllegalArgumentException(
                    "%s must be above 0 and at most 9e10, not %s".formatted(what, toDecimal(units)));
        }
        return units;
    }

    private static long checked(long units) {
        if (units > MAX || units < -MAX) {
            throw new ArithmeticException("a price may be at most 9e10, not " + toDecimal(units));
        }
        return units;
    }

}
