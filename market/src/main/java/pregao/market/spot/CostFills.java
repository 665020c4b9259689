package pregao.market.spot;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.market.rule.Strategy;

/**
 * Fills at once, at the price and its costs: in a backtest and on paper.
 */
public final class CostFills implements Fills {

    private final long money;

    private final long stop;

    private final long take;

    private final Costs costs;

    private final Consumer<Trade> trades;

    /**
     * Fills of one strategy.
     * @param strategy whose stop and take each position has
     * @param money what is put into each position, in the quote currency, units of 1e-8
     * @param costs of the fills
     * @param trades hears of each position that is over
     */
    public CostFills(Strategy strategy, long money, Costs costs, Consumer<Trade> trades) {
        if (money <= 0) {
            throw new IllegalArgumentException("money must be above 0, not " + Price.toText(money));
        }
        this.money = money;
        this.stop = Price.of(strategy.stop());
        this.take = (strategy.take() != null) ? Price.of(strategy.take()) : 0;
        this.costs = costs;
        this.trades = trades;
    }

    @Override
    public Opening open(boolean isLong, long time, long price) {
        @Nullable Position position = Position.open(isLong, time, price, this.money, this.stop, this.take, this.costs);
        return (position != null) ? new Opening(position, false) : Opening.NONE;
    }

    @Override
    public boolean close(Position position, long time, Exit exit) {
        this.trades.accept(position.close(time, exit, this.costs));
        return true;
    }

}
