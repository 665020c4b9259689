package pregao.market.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import pregao.contracts.Prices;

/**
 * A sum of prices that cannot overflow: 128 bits, because two of the largest prices are
 * already too much for 64.
 */
public final class Int128Sum {

    private long high;

    private long low;

    private long count;

    public void add(long units) {
        long sum = this.low + units;
        // The carry out of the low half, plus the sign of what was added.
        this.high += (units >> 63) + ((Long.compareUnsigned(sum, units) < 0) ? 1 : 0);
        this.low = sum;
        this.count++;
    }

    public long count() {
        return this.count;
    }

    /**
     * The mean, rounded as {@link Prices#mean} does.
     */
    public long mean() {
        if (this.high == this.low >> 63) {
            return Prices.mean(this.low, this.count);
        }
        BigInteger sum = BigInteger.valueOf(this.high)
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(this.low)));
        return new BigDecimal(sum).divide(BigDecimal.valueOf(this.count), 0, RoundingMode.HALF_UP).longValueExact();
    }

    public void set(Int128Sum other) {
        this.high = other.high;
        this.low = other.low;
        this.count = other.count;
    }

    public void clear() {
        this.high = 0;
        this.low = 0;
        this.count = 0;
    }

}
