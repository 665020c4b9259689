package pregao.market.spot;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.market.rule.Strategy;

/**
 * Fills at once, at the price and its costs: in a backtest and on paper. Entries are
 * orders with a limit that are filled at once or not at all.
 */
public final class SimulatedOrderExecutor {

    private final long money;

    private final long stop;

    private final long take;

    private final TransactionCosts costs;

    private final Consumer<Trade> trades;

    /**
     * Fills of one strategy.
     * @param strategy whose stop and take each position has
     * @param money what is put into each position, in the quote currency, units of 1e-8
     * @param costs of the fills
     * @param trades hears of each position that is over
     */
    public SimulatedOrderExecutor(Strategy strategy, long money, TransactionCosts costs, Consumer<Trade> trades) {
        if (money <= 0) {
            throw new IllegalArgumentException("money must be above 0, not " + Prices.toText(money));
        }
        this.money = money;
        this.stop = Prices.of(strategy.stop());
        this.take = (strategy.take() != null) ? Prices.of(strategy.take()) : 0;
        this.costs = costs;
        this.trades = trades;
    }

    /**
     * Opens a position.
     * @param isLong whether it gains as the price rises
     * @param time epoch milliseconds
     * @param price in the middle, units of 1e-8
     * @param decided the price of the decision, units of 1e-8; 0 where there was none,
     * and so no limit
     * @return null where the fill would be beyond the cap, or the money buys nothing
     */
    public @Nullable Position open(boolean isLong, long time, long price, long decided) {
        if (isBeyondCap(isLong, price, decided)) {
            return null;
        }
        return Position.open(isLong, time, price, this.money, this.stop, this.take, this.costs);
    }

    /**
     * Whether an entry is not filled because of its cap.
     * @param isLong whether it gains as the price rises
     * @param price in the middle, units of 1e-8
     * @param decided the price of the decision, units of 1e-8; 0 where there was none
     * @return true where the fill would be worse than the limit
     */
    public boolean isBeyondCap(boolean isLong, long price, long decided) {
        if (decided == 0) {
            return false;
        }
        long fill = this.costs.fill(price, isLong);
        long limit = this.costs.limit(decided, isLong);
        return isLong ? fill > limit : fill < limit;
    }

    /**
     * Closes a position.
     * @param position which
     * @param time epoch milliseconds
     * @param exit why and at which price
     */
    public void close(Position position, long time, ExitDecision exit) {
        this.trades.accept(position.close(time, exit, this.costs));
    }

}
