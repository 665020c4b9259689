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
        return isSameWay() && this.paper.endsWith(this.backtest);
    }

    /** Whether they also had the same prices, so that nothing differs. */
    boolean isExact() {
        return isSame() && equal(this.paper.entry(), this.backtest.entry())
                && equal(this.paper.exit(), this.backtest.exit())
                && this.paper.profit().compareTo(this.backtest.profit()) == 0;
    }

    boolean isSameWay() {
        return this.paper.side().equals(this.backtest.side()) && this.paper.level() == this.backtest.level();
    }

    /** Neither is over: both hold something as the time ends. */
    boolean isOpen() {
        return isSameWay() && !this.paper.isOver() && this.backtest.isCutOff();
    }

    /**
     * How much worse the entry was, as a part of the price; NaN where it is not known.
     */
    double entrySlippage() {
        return slippage(this.paper.entry(), this.backtest.entry(), this.paper.isUp());
    }

    /** How much worse the exit was, as a part of the price; NaN where it is not known. */
    double exitSlippage() {
        return slippage(this.paper.exit(), this.backtest.exit(), !this.paper.isUp());
    }

    private static double slippage(@Nullable BigDecimal paid, @Nullable BigDecimal bigDecimal, boolean bought) {
        if (paid == null || bigDecimal == null || bigDecimal.signum() == 0) {
            return Double.NaN;
        }
        double part = (paid.doubleValue() - bigDecimal.doubleValue()) / bigDecimal.doubleValue();
        return bought ? part : -part;
    }

    private static boolean equal(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return (one != null && other != null) ? one.compareTo(other) == 0 : one == null && other == null;
    }

}
