package pregao.market.math;

import java.math.RoundingMode;

/**
 * Products of whole numbers, divided and rounded without losing a unit, where the product
 * itself may be more than a {@code long} holds.
 */
public final class FixedPointMath {

    private static final long HALF = 1L << 32;

    private static final long LOW = HALF - 1;

    private FixedPointMath() {
    }

    /**
     * A product, divided.
     * @param one a factor
     * @param other a factor
     * @param divisor above 0
     * @param mode DOWN, UP, HALF_UP or HALF_EVEN
     * @return one × other ÷ divisor
     * @throws ArithmeticException where that is more than a {@code long} holds
     */
    public static long divided(long one, long other, long divisor, RoundingMode mode) {
        long left = Math.absExact(one);
        long right = Math.absExact(other);
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        if (high >= divisor) {
            throw new ArithmeticException("%d times %d by %d is too large".formatted(one, other, divisor));
        }
        long quotient = (high == 0 && low >= 0) ? low / divisor : wide(high, low, divisor);
        long rest = low - quotient * divisor;
        long rounded = Math.incrementExact(quotient) - (goesUp(quotient, rest, divisor, mode) ? 0 : 1);
        if (rounded < 0) {
            throw new ArithmeticException("%d times %d by %d is too large".formatted(one, other, divisor));
        }
        return ((one < 0) != (other < 0)) ? -rounded : rounded;
    }

    private static boolean goesUp(long quotient, long rest, long divisor, RoundingMode mode) {
        return switch (mode) {
            case DOWN -> false;
            case UP -> rest > 0;
            case HALF_UP -> rest >= divisor - rest;
            case HALF_EVEN -> rest > divisor - rest || (rest == divisor - rest && (quotient & 1) == 1);
            default -> throw new IllegalArgumentException("not rounded by " + mode);
        };
    }

    /**
     * Two words by one, digit by digit of half a word: D. Knuth, The Art of Computer
     * Programming, volume 2, 4.3.1, algorithm D.
     */
    private static long wide(long high, long low, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long by = divisor << shift;
        long top = (high << shift) | (low >>> 1 >>> (63 - shift));
        long rest = low << shift;
        long first = digit(top, rest >>> 32, by);
        long then = (top << 32) + (rest >>> 32) - first * by;
        return (first << 32) + digit(then, rest & LOW, by);
    }

    private static long digit(long top, long next, long by) {
        long lead = by >>> 32;
        long digit = Long.divideUnsigned(top, lead);
        long left = top - digit * lead;
        while (digit >= HALF || Long.compareUnsigned(digit * (by & LOW), (left << 32) + next) > 0) {
            digit--;
            left += lead;
            if (left >= HALF) {
                break;
            }
        }
        return digit;
    }

}
