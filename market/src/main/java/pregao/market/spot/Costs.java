package pregao.market.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.contracts.Price;

/**
 * What trading costs beside the price.
 *
 * @param fee of each fill, as a part of its value, such as 0.001
 * @param spread between bid and ask, in price units of 1e-8; half of it is paid at each
 * fill, as prices are in the middle
 * @param slippage by which each fill is worse than the price, as a part of it
 */
public record Costs(BigDecimal fee, long spread, BigDecimal slippage) {

    /** Nothing. */
    public static final Costs NONE = new Costs(BigDecimal.ZERO, 0, BigDecimal.ZERO);

    public Costs {
        if (fee.signum() < 0 || fee.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("fee must be from 0 and below 1, not " + fee);
        }
        if (spread < 0) {
            throw new IllegalArgumentException("spread must be at least 0, not " + Price.toText(spread));
        }
        if (slippage.signum() < 0 || slippage.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("slippage must be from 0 and below 1, not " + slippage);
        }
    }

    /**
     * What a fill is made at.
     * @param price in the middle, units of 1e-8
     * @param buying whether it is bought
     * @return the worse price, rounded against the trader, units of 1e-8, at least 1
     */
    public long fill(long price, boolean buying) {
        long half = this.spread / 2 + this.spread % 2;
        long slip = this.slippage.signum() == 0 ? 0
                : this.slippage.multiply(BigDecimal.valueOf(price)).setScale(0, RoundingMode.UP).longValueExact();
        return buying ? Math.addExact(price, half + slip) : Math.max(1, price - half - slip);
    }

    /**
     * What a fill costs.
     * @param value of it, in money
     * @return the fee, rounded half-even to 8 decimals
     */
    public BigDecimal feeOf(BigDecimal value) {
        return value.multiply(this.fee).setScale(Price.SCALE, RoundingMode.HALF_EVEN);
    }

}
