package pregao.market.candle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import pregao.contracts.Price;

/**
 * A sum of prices that cannot overflow: 128 bits, because two of the largest prices are
 * already too much for 64.
 */
final class WideSum {

    private long high;

    private long low;

    private long count;

    void add(long units) {
        long sum = this.low + units;
        // The carry out of the low half, plus the sign of what was added.
        this.high += (units >> 63) + ((Long.compareUnsigned(sum, units) < 0) ? 1 : 0);
        this.low = sum;
        this.count++;
    }

    long count() {
        return this.count;
    }

    /**
     * The mean, rounded as {@link Price#mean} does.
     */
    long mean() {
        if (this.high == this.low >> 63) {
            return Price.mean(this.low, this.count);
        }
        BigInteger sum = BigInteger.valueOf(this.high)
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(this.low)));
        return new BigDecimal(sum).divide(BigDecimal.valueOf(this.count), 0, RoundingMode.HALF_UP).longValueExact();
    }

    void set(WideSum other) {
        this.high = other.high;
        this.low = other.low;
        this.count = other.count;
    }

    void clear() {
        this.high = 0;
        this.low = 0;
        this.count = 0;
    }

}
