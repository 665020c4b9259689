package pregao.strategy.evidence;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A trade on paper and that of the backtest which began on the same instrument in the
 * same minute.
 *
 * @param paper what was traded
 * @param backtest what the backtest says
 */
record MatchedTrade(ComparedTrade paper, ComparedTrade backtest) {

    /** Whether both went the same way in the same minutes. */
    boolean isSame() {
        return isSameEntry() && this.paper.closesInSameMinute(this.backtest);
    }

    /** Whether they also had the same prices, so that nothing differs. */
    boolean isExact() {
        return isSame() && isEqual(this.paper.entry(), this.backtest.entry())
                && isEqual(this.paper.exit(), this.backtest.exit())
                && this.paper.profit().compareTo(this.backtest.profit()) == 0;
    }

    boolean isSameEntry() {
        return this.paper.side().equals(this.backtest.side()) && this.paper.level() == this.backtest.level();
    }

    /** Neither is over: both hold something as the time ends. */
    boolean isOpen() {
        return isSameEntry() && !this.paper.isClosed() && this.backtest.isClosedByDataEnd();
    }

    /**
     * How much worse the entry was, as a part of the price; NaN where it is not known.
     */
    double entrySlippage() {
        return computeSlippage(this.paper.entry(), this.backtest.entry(), this.paper.isLong());
    }

    /** How much worse the exit was, as a part of the price; NaN where it is not known. */
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
