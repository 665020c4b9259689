package pregao.market.spot;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;

/**
 * One strategy on one instrument: at most one position, opened at the first price after a
 * signal and closed by stop, take or the opposite signal. It is told of signals and of
 * prices in the order of time, live, on paper and in a backtest alike. Not thread-safe.
 */
public final class Trader {

    private final Strategy strategy;

    private final long money;

    private final long stop;

    private final long take;

    private final Costs costs;

    private final Consumer<Trade> trades;

    private Signal pending = Signal.HOLD;

    private @Nullable Position position;

    /**
     * A trader without a position.
     * @param strategy what it follows
     * @param money what it puts into each position, in the quote currency, units of 1e-8
     * @param costs of its fills
     * @param trades hears of each position that is over
     */
    public Trader(Strategy strategy, long money, Costs costs, Consumer<Trade> trades) {
        if (money <= 0) {
            throw new IllegalArgumentException("money must be above 0, not " + Price.toText(money));
        }
        this.strategy = strategy;
        this.money = money;
        this.stop = Price.of(strategy.stop());
        this.take = (strategy.take() != null) ? Price.of(strategy.take()) : 0;
        this.costs = costs;
        this.trades = trades;
    }

    /**
     * Takes what the strategy said at a close; acted on at the next price.
     * @param signal what it said
     */
    public void signal(Signal signal) {
        this.pending = signal;
    }

    /**
     * Takes a stretch of prices, of which only the ends are known; a single price is one
     * with equal ends.
     * @param time of its begin, epoch milliseconds
     * @param open the first price, units of 1e-8
     * @param high the highest price, units of 1e-8
     * @param low the lowest price, units of 1e-8
     */
    public void prices(long time, long open, long high, long low) {
        if (this.pending != Signal.HOLD) {
            act(time, open);
            this.pending = Signal.HOLD;
        }
        if (this.position != null) {
            Exit exit = this.position.judge(open, high, low);
            if (exit != null) {
                close(this.position, time, exit);
            }
        }
    }

    /**
     * Closes what is open, as there are no more prices.
     * @param time of the last price, epoch milliseconds
     * @param price the last one, units of 1e-8
     */
    public void end(long time, long price) {
        if (this.position != null) {
            close(this.position, time, new Exit(Exit.Reason.END, price, false));
        }
    }

    /**
     * What is held now.
     * @return null where nothing is
     */
    public @Nullable Position position() {
        return this.position;
    }

    private void act(long time, long price) {
        boolean buys = this.pending == Signal.BUY;
        if (this.position == null) {
            if (buys || this.strategy.shorts()) {
                this.position = Position.open(buys, time, price, this.money, this.stop, this.take, this.costs);
            }
        }
        else if (this.position.isLong() != buys) {
            close(this.position, time, new Exit(Exit.Reason.OPPOSITE, price, false));
        }
    }

    private void close(Position ended, long time, Exit exit) {
        this.position = null;
        this.trades.accept(ended.close(time, exit, this.costs));
    }

}
