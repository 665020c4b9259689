package pregao.strategy.evidence;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A trade on paper and the trade of the backtest that opened on the same instrument in
 * the same minute.
 *
 * @param paper the paper trade
 * @param backtest the backtest trade
 */
record MatchedTrade(ComparedTrade paper, ComparedTrade backtest) {

    /**
     * Returns whether both have the same side and level, and closed in the same minute.
     */
    boolean isSame() {
        return isSameEntry() && this.paper.closesInSameMinute(this.backtest);
    }

    /**
     * Returns whether both also have the same prices and profit, so that nothing differs.
     */
    boolean isExact() {
        return isSame() && isEqual(this.paper.entry(), this.backtest.entry())
                && isEqual(this.paper.exit(), this.backtest.exit())
                && this.paper.profit().compareTo(this.backtest.profit()) == 0;
    }

    boolean isSameEntry() {
        return this.paper.side().equals(this.backtest.side()) && this.paper.level() == this.backtest.level();
    }

    /** Returns whether neither was closed before the end of the period. */
    boolean isOpen() {
        return isSameEntry() && !this.paper.isClosed() && this.backtest.isClosedByDataEnd();
    }

    /**
     * Returns how much worse the paper entry was, as a fraction of the price; NaN if it
     * is unknown.
     */
    double entrySlippage() {
        return computeSlippage(this.paper.entry(), this.backtest.entry(), this.paper.isLong());
    }

    /**
     * Returns how much worse the paper exit was, as a fraction of the price; NaN if it is
     * unknown.
     */
    double exitSlippage() {
        return computeSlippage(this.paper.exit(), this.backtest.exit(), !this.paper.isLong());
    }

    private static double computeSlippage(@Nullable BigDecimal paperPrice, @Nullable BigDecimal backtestPrice,
            boolean isBuy) {
        if (paperPrice == null || backtestPrice == null || backtestPrice.signum() == 0) {
            return Double.NaN;
        }
        double fraction = (paperPrice.doubleValue() - backtestPrice.doubleValue()) / backtestPrice.doubleValue();
        return isBuy ? fraction : -fraction;
    }

    private static boolean isEqual(@Nullable BigDecimal first, @Nullable BigDecimal second) {
        return (first != null && second != null) ? first.compareTo(second) == 0 : first == null && second == null;
    }

}
