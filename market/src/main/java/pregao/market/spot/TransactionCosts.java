package pregao.market.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.contracts.Prices;
import pregao.market.math.FixedPointMath;

/**
 * What trading costs beside the price, and how much an entry may cost at most.
 *
 * @param fee of each fill, as a part of its value in units of 1e-8: 100,000 are 0.001
 * @param spread between bid and ask, in price units of 1e-8; half of it is paid at each
 * fill, as prices are in the middle
 * @param slippage by which each fill is worse than the price, as a part of it in units of
 * 1e-8
 * @param cap by which an entry may be filled at a worse price than that of its decision
 * at most, as a part of it in units of 1e-8; otherwise it is not filled
 */
public record TransactionCosts(long fee, long spread, long slippage, long cap) {

    /** The cap where none is given: one percent. */
    public static final BigDecimal USUAL_CAP = new BigDecimal("0.01");

    /** Nothing. */
    public static final TransactionCosts NONE = new TransactionCosts(0, 0, 0, Prices.of(USUAL_CAP));

    public TransactionCosts {
        if (fee < 0 || fee >= Prices.ONE) {
            throw new IllegalArgumentException("fee must be from 0 and below 1, not " + Prices.toText(fee));
        }
        if (spread < 0) {
            throw new IllegalArgumentException("spread must be at least 0, not " + Prices.toText(spread));
        }
        if (slippage < 0 || slippage >= Prices.ONE) {
            throw new IllegalArgumentException("slippage must be from 0 and below 1, not " + Prices.toText(slippage));
        }
        if (cap <= 0 || cap >= Prices.ONE) {
            throw new IllegalArgumentException("cap must be above 0 and below 1, not " + Prices.toText(cap));
        }
    }

    /**
     * Costs in decimals with the usual cap.
     * @param fee as a part of a fill's value, such as 0.001
     * @param spread in price
     * @param slippage as a part of the price
     * @return costs
     * @throws ArithmeticException where one has more than 8 decimals
     */
    public static TransactionCosts of(BigDecimal fee, BigDecimal spread, BigDecimal slippage) {
        return new TransactionCosts(Prices.of(fee), Prices.of(spread), Prices.of(slippage), Prices.of(USUAL_CAP));
    }

    /**
     * The same with another cap.
     * @param other as a part of the price
     * @return costs
     * @throws ArithmeticException where it has more than 8 decimals
     */
    public TransactionCosts capped(BigDecimal other) {
        return new TransactionCosts(this.fee, this.spread, this.slippage, Prices.of(other));
    }

    /**
     * The worst price at which an entry is filled.
     * @param decided the price of the decision, units of 1e-8, above 0
     * @param buying whether it is bought
     * @return units of 1e-8, never further from the price than the cap
     */
    public long limit(long decided, boolean buying) {
        return buying ? FixedPointMath.divided(decided, Prices.ONE + this.cap, Prices.ONE, RoundingMode.DOWN)
                : FixedPointMath.divided(decided, Prices.ONE - this.cap, Prices.ONE, RoundingMode.UP);
    }

    /**
     * What a fill is made at.
     * @param price in the middle, units of 1e-8
     * @param buying whether it is bought
     * @return the worse price, rounded against the trader, units of 1e-8, at least 1
     */
    public long fill(long price, boolean buying) {
        long worse = this.spread / 2 + this.spread % 2;
        if (this.slippage > 0) {
            worse += FixedPointMath.divided(price, this.slippage, Prices.ONE, RoundingMode.UP);
        }
        return buying ? Math.addExact(price, worse) : Math.max(1, price - worse);
    }

    /**
     * What a fill costs.
     * @param value of it, units of 1e-8
     * @return the fee, units of 1e-8, rounded half-even; no fill is free because it is
     * small, so it is at least 1 where there is a fee
     */
    public long feeOf(long value) {
        return (this.fee == 0) ? 0
                : Math.max(1, FixedPointMath.divided(value, this.fee, Prices.ONE, RoundingMode.HALF_EVEN));
    }

}
