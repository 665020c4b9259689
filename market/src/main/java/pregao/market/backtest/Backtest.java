package pregao.market.backtest;

import org.jspecify.annotations.Nullable;

import pregao.market.rule.Signal;

/**
 * Follows a strategy over minutes that are past. What it does at a minute depends on
 * nothing behind it, and the same minutes give the same report to the last bit.
 */
public final class Backtest {

    private final BacktestConfig settings;

    /**
     * A backtest.
     * @param settings what is tried
     */
    public Backtest(BacktestConfig settings) {
        this.settings = settings;
    }

    /**
     * Runs over all minutes.
     * @param bars minutes
     * @return what came of it
     */
    public BacktestReport run(BarSeries bars) {
        return run(bars, BacktestWindow.all(bars), null);
    }

    /**
     * Runs over some minutes.
     * @param bars minutes
     * @param range which of them are traded, and which only looked at
     * @param curve is told what there is at each minute; null where nobody draws it
     * @return what came of it
     */
    public BacktestReport run(BarSeries bars, BacktestWindow range, @Nullable EquityCurve curve) {
        return run(bars, range, signals(bars, range), curve);
    }

    BacktestReport run(BarSeries bars, BacktestWindow range, SignalCache signals, @Nullable EquityCurve curve) {
        BacktestRun course = new BacktestRun(this.settings, curve);
        course.follow(this.settings, bars, range, signals, null);
        return course.report();
    }

    private SignalCache signals(BarSeries bars, BacktestWindow range) {
        return SignalCache.of(this.settings, bars, range, false);
    }

    /**
     * Runs and tells what the strategy said.
     * @param bars minutes
     * @param range which of them are traded, and which only looked at
     * @param heard hears of each signal but to hold
     * @return what came of it
     */
    public BacktestReport listen(BarSeries bars, BacktestWindow range, SignalListener heard) {
        BacktestRun course = new BacktestRun(this.settings, null);
        course.follow(this.settings, bars, range, signals(bars, range), heard);
        return course.report();
    }

    /**
     * Hears of signals.
     */
    @FunctionalInterface
    public interface SignalListener {

        /**
         * The strategy said something.
         * @param time of the close, epoch milliseconds
         * @param signal what
         */
        void signal(long time, Signal signal);

    }

}
