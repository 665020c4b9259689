package pregao.strategy.bot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.contracts.Prices;

/**
 * What can be traded of a symbol.
 *
 * @param step quantities are whole multiples of it
 * @param least the smallest quantity
 * @param leastValue the smallest value of an order, in the quote currency
 */
public record LotSize(BigDecimal step, BigDecimal least, BigDecimal leastValue) {

    /**
     * By so much what is bought must be above the least, for fees and for prices that
     * jump.
     */
    private static final BigDecimal MARGIN = new BigDecimal("1.05");

    /**
     * Rounds a quantity down to what can be traded.
     * @param quantity any
     * @param price at which, to see what it is worth
     * @return 0 where it is too small
     */
    public BigDecimal roundDown(BigDecimal quantity, BigDecimal price) {
        BigDecimal rounded = quantity.divide(this.step, 0, RoundingMode.DOWN).multiply(this.step);
        boolean isTradable = rounded.compareTo(this.least) >= 0 && rounded.multiply(price).compareTo(this.leastValue) >= 0;
        return isTradable ? rounded : BigDecimal.ZERO;
    }

    /**
     * Whether what is bought can be sold again, also when it has lost what it may.
     * @param quantity that is bought
     * @param price at which
     * @param stop what part of the price may be lost
     * @return false where the stop would leave less than can be traded
     */
    public boolean canBeStopped(BigDecimal quantity, BigDecimal price, BigDecimal stop) {
        BigDecimal remainingValue = quantity.multiply(price).multiply(BigDecimal.ONE.subtract(stop));
        return quantity.compareTo(this.least.multiply(MARGIN)) >= 0
                && remainingValue.compareTo(this.leastValue.multiply(MARGIN)) >= 0;
    }

    /**
     * How much must be put into a position so that its stop can be sold.
     * @param stop what part of the price may be lost
     * @return in the quote currency
     */
    public BigDecimal minStake(BigDecimal stop) {
        return this.leastValue.multiply(MARGIN)
            .divide(BigDecimal.ONE.subtract(stop), Prices.SCALE, RoundingMode.UP)
            .stripTrailingZeros();
    }

}
