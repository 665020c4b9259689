package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.ObjectiveMetric;
import pregao.market.backtest.ParameterGrid;
import pregao.market.backtest.WalkForwardFold;
import pregao.market.option.OptionBacktestConfig;

/**
 * What somebody wants to be tried.
 *
 * @param instrument on which candles
 * @param from the first minute, inclusive
 * @param to the end, exclusive
 * @param method how
 */
record BacktestRequest(Instrument instrument, Instant from, Instant to, Method method) {

    /** Whose candles indicators, or blocks, need before the first minute. */
    Timeframe warmUpTimeframe() {
        return switch (this.method) {
            case Single single -> single.settings().strategy().timeframe();
            case Sweep sweep -> sweep.settings().strategy().timeframe();
            case WalkForward walkForward -> walkForward.settings().strategy().timeframe();
            case Options options -> Timeframe.M1;
        };
    }

    /** How many minutes it goes through at most. */
    long computeWork() {
        long minutes = Duration.between(this.from, this.to).toMinutes();
        return switch (this.method) {
            case Single single -> minutes;
            case Sweep sweep -> minutes * sweep.search().countPoints();
            case WalkForward walkForward -> folds(walkForward).stream()
                .mapToLong((fold) -> (fold.split() - fold.begin()) / Timeframe.M1.millis() * walkForward.search().countPoints())
                .sum() + minutes;
            case Options options -> minutes;
        };
    }

    List<WalkForwardFold> folds(WalkForward walkForward) {
        return WalkForwardFold.of(this.from.toEpochMilli(), this.to.toEpochMilli(), walkForward.learn(), walkForward.attempt());
    }

    /**
     * How.
     */
    sealed interface Method {

        /** The word in requests. */
        String kind();

    }

    /**
     * One strategy, once.
     *
     * @param settings what is tried
     */
    record Single(BacktestConfig settings) implements Method {

        @Override
        public String kind() {
            return "single";
        }

    }

    /**
     * One strategy with many values in it.
     *
     * @param settings what is varied
     * @param search by what
     */
    record Sweep(BacktestConfig settings, ParameterSearch search) implements Method {

        @Override
        public String kind() {
            return "sweep";
        }

    }

    /**
     * The best of many values in one time, tried in the next.
     *
     * @param settings what is varied
     * @param search by what
     * @param learn how long each fold learns
     * @param attempt how long each is tried
     */
    record WalkForward(BacktestConfig settings, ParameterSearch search, Duration learn,
            Duration attempt) implements Method {

        @Override
        public String kind() {
            return "walk_forward";
        }

    }

    /**
     * A pattern on options.
     *
     * @param settings what is tried
     */
    record Options(OptionBacktestConfig settings) implements Method {

        @Override
        public String kind() {
            return "options";
        }

    }

    /**
     * Which values are tried.
     *
     * @param grid their combinations; the names are paths in the strategy
     * @param drawn how many of them, by chance; null for all
     * @param seed of that chance
     * @param by what points are compared
     * @param least how many trades one must have made to be compared
     * @param top how many of the best are told
     */
    record ParameterSearch(ParameterGrid grid, @Nullable Integer drawn, long seed, ObjectiveMetric by, int least,
            int top) {

        int countPoints() {
            long gridSize = this.grid.size();
            return (int) Math.min(ParameterGrid.MAX_COUNT, (this.drawn != null) ? Math.min(this.drawn, gridSize) : gridSize);
        }

        List<java.util.Map<String, BigDecimal>> selectPoints() {
            return (this.drawn != null) ? this.grid.some(this.drawn, this.seed) : this.grid.all();
        }

    }

}
