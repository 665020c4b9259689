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
 * A validated backtest request.
 *
 * @param instrument the instrument whose candles are used
 * @param from the first minute, inclusive
 * @param to the end, exclusive
 * @param method the method and its settings
 */
record BacktestRequest(Instrument instrument, Instant from, Instant to, Method method) {

    /**
     * Returns the timeframe whose candles warm up indicators or blocks before the first
     * minute.
     */
    Timeframe warmUpTimeframe() {
        return switch (this.method) {
            case Single single -> single.settings().strategy().timeframe();
            case Sweep sweep -> sweep.settings().strategy().timeframe();
            case WalkForward walkForward -> walkForward.settings().strategy().timeframe();
            case Options options -> Timeframe.M1;
        };
    }

    /** Returns the maximum number of minutes that all runs process together. */
    long computeWork() {
        long minutes = Duration.between(this.from, this.to).toMinutes();
        return switch (this.method) {
            case Single single -> minutes;
            case Sweep sweep -> minutes * sweep.search().countPoints();
            case WalkForward walkForward -> folds(walkForward).stream()
                .mapToLong((fold) -> (fold.split() - fold.begin()) / Timeframe.M1.millis()
                        * walkForward.search().countPoints())
                .sum() + minutes;
            case Options options -> minutes;
        };
    }

    List<WalkForwardFold> folds(WalkForward walkForward) {
        return WalkForwardFold.of(this.from.toEpochMilli(), this.to.toEpochMilli(), walkForward.learn(),
                walkForward.attempt());
    }

    /**
     * The method of a backtest.
     */
    sealed interface Method {

        /** Returns the name of the method in JSON. */
        String kind();

    }

    /**
     * Runs one strategy once.
     *
     * @param settings the settings of the run
     */
    record Single(BacktestConfig settings) implements Method {

        @Override
        public String kind() {
            return "single";
        }

    }

    /**
     * Runs one strategy with many parameter values.
     *
     * @param settings the settings whose strategy is varied
     * @param search the parameter values
     */
    record Sweep(BacktestConfig settings, ParameterSearch search) implements Method {

        @Override
        public String kind() {
            return "sweep";
        }

    }

    /**
     * Selects the best parameter values in one period and tests them in the next.
     *
     * @param settings the settings whose strategy is varied
     * @param search the parameter values
     * @param learn the length of the in-sample period of each fold
     * @param attempt the length of the out-of-sample period of each fold
     */
    record WalkForward(BacktestConfig settings, ParameterSearch search, Duration learn,
            Duration attempt) implements Method {

        @Override
        public String kind() {
            return "walk_forward";
        }

    }

    /**
     * Runs a pattern on binary options.
     *
     * @param settings the settings of the run
     */
    record Options(OptionBacktestConfig settings) implements Method {

        @Override
        public String kind() {
            return "options";
        }

    }

    /**
     * The search space of a sweep.
     *
     * @param grid the parameter grid; the names are paths in the JSON of the strategy
     * @param drawn the number of points that are drawn at random; null for all
     * @param seed the seed of the random draw
     * @param by the metric that ranks the points
     * @param least the minimum number of trades for a point to be ranked
     * @param top the number of best points in the report
     */
    record ParameterSearch(ParameterGrid grid, @Nullable Integer drawn, long seed, ObjectiveMetric by, int least,
            int top) {

        int countPoints() {
            long gridSize = this.grid.size();
            return (int) Math.min(ParameterGrid.MAX_COUNT,
                    (this.drawn != null) ? Math.min(this.drawn, gridSize) : gridSize);
        }

        List<java.util.Map<String, BigDecimal>> selectPoints() {
            return (this.drawn != null) ? this.grid.some(this.drawn, this.seed) : this.grid.all();
        }

    }

}
