package pregao.market.backtest;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.market.rule.Signal;
import pregao.market.spot.Trade;
import pregao.market.spot.Trader;

/**
 * Follows a strategy over minutes that are past. What it does at a minute depends on
 * nothing behind it, and the same minutes give the same report to the last bit.
 */
public final class Backtest {

    private final BacktestSettings settings;

    /**
     * A backtest.
     * @param settings what is tried
     */
    public Backtest(BacktestSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs.
     * @param bars minutes
     * @return what came of it
     */
    public Report run(Bars bars) {
        return run(bars, null);
    }

    /**
     * Runs and tells what the strategy said.
     * @param bars minutes
     * @param signals hears of each signal but to hold, or null
     * @return what came of it
     */
    public Report run(Bars bars, @Nullable Heard signals) {
        List<Trade> trades = new ArrayList<>();
        Trader trader = new Trader(this.settings.strategy(), Price.of(this.settings.money()), this.settings.costs(),
                trades::add);
        Closes closes = new Closes(this.settings.strategy(), this.settings.convention());
        Equity equity = new Equity(this.settings.capital().doubleValue());
        int heard = 0;
        for (int i = 0; i < bars.size(); i++) {
            long time = bars.times()[i];
            say(trader, closes.before(time), time, signals);
            trader.prices(time, bars.opens()[i], bars.highs()[i], bars.lows()[i]);
            while (heard < trades.size()) {
                equity.add(trades.get(heard++));
            }
            equity.mark(time, trader.position(), bars.closes()[i]);
            say(trader, closes.after(time, bars.opens()[i], bars.highs()[i], bars.lows()[i], bars.closes()[i]),
                    time + 60_000, signals);
        }
        if (bars.size() > 0) {
            trader.end(bars.times()[bars.size() - 1] + 60_000, bars.closes()[bars.size() - 1]);
        }
        return Report.of(this.settings, bars, trades, equity);
    }

    private static void say(Trader trader, Signal signal, long time, @Nullable Heard signals) {
        if (signal != Signal.HOLD) {
            trader.signal(signal);
            if (signals != null) {
                signals.signal(time, signal);
            }
        }
    }

    /**
     * Hears of signals.
     */
    @FunctionalInterface
    public interface Heard {

        /**
         * The strategy said something.
         * @param time of the close, epoch milliseconds
         * @param signal what
         */
        void signal(long time, Signal signal);

    }

}
