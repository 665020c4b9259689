package pregao.strategy.bot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What can be traded of a symbol.
 *
 * @param step quantities are whole multiples of it
 * @param least the smallest quantity
 * @param leastValue the smallest value of an order, in the quote currency
 */
public record Lot(BigDecimal step, BigDecimal least, BigDecimal leastValue) {

    /**
     * Rounds a quantity down to what can be traded.
     * @param quantity any
     * @param price at which, to see what it is worth
     * @return 0 where it is too small
     */
    public BigDecimal of(BigDecimal quantity, BigDecimal price) {
        BigDecimal whole = quantity.divide(this.step, 0, RoundingMode.DOWN).multiply(this.step);
        boolean enough = whole.compareTo(this.least) >= 0 && whole.multiply(price).compareTo(this.leastValue) >= 0;
        return enough ? whole : BigDecimal.ZERO;
    }

}
