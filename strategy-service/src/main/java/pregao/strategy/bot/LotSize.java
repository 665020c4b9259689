package pregao.strategy.bot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.contracts.Prices;

/**
 * The order size limits of a symbol at a broker.
 *
 * @param step the quantity step: quantities are multiples of it
 * @param least the minimum quantity
 * @param leastValue the minimum value of an order, in the quote currency
 */
public record LotSize(BigDecimal step, BigDecimal least, BigDecimal leastValue) {

    /**
     * The factor by which an entry must exceed the minimum, to leave room for fees and
     * price gaps.
     */
    private static final BigDecimal MARGIN = new BigDecimal("1.05");

    /**
     * Rounds a quantity down to one that can be traded.
     * @param quantity the quantity to round
     * @param price the price of the order, to check its value
     * @return the rounded quantity; 0 if it is below the minimum
     */
    public BigDecimal roundDown(BigDecimal quantity, BigDecimal price) {
        BigDecimal rounded = quantity.divide(this.step, 0, RoundingMode.DOWN).multiply(this.step);
        boolean isTradable = rounded.compareTo(this.least) >= 0
                && rounded.multiply(price).compareTo(this.leastValue) >= 0;
        return isTradable ? rounded : BigDecimal.ZERO;
    }

    /**
     * Returns whether a bought quantity can still be sold after the price falls to the
     * stop.
     * @param quantity the bought quantity
     * @param price the entry price
     * @param stop the distance of the stop, as a fraction of the entry price
     * @return false if the quantity or its value at the stop would be below the minimum
     */
    public boolean canBeStopped(BigDecimal quantity, BigDecimal price, BigDecimal stop) {
        BigDecimal remainingValue = quantity.multiply(price).multiply(BigDecimal.ONE.subtract(stop));
        return quantity.compareTo(this.least.multiply(MARGIN)) >= 0
                && remainingValue.compareTo(this.leastValue.multiply(MARGIN)) >= 0;
    }

    /**
     * Computes the minimum stake of a position that can be sold at its stop.
     * @param stop the distance of the stop, as a fraction of the entry price
     * @return the stake, in the quote currency
     */
    public BigDecimal minStake(BigDecimal stop) {
        return this.leastValue.multiply(MARGIN)
            .divide(BigDecimal.ONE.subtract(stop), Prices.SCALE, RoundingMode.UP)
            .stripTrailingZeros();
    }

}
