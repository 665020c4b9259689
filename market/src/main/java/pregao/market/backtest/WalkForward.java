package pregao.market.backtest;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * Walking forward: in each fold the best of the points in its learning part is tried in
 * the part behind, and what was tried is one report over all folds, with one capital and
 * the same protections from the first to the last.
 */
public final class WalkForward {

    private final List<BacktestConfig> points;

    private final ObjectiveMetric by;

    private final int least;

    /**
     * A walk.
     * @param points what may be chosen, at least one, of one timeframe
     * @param by what is best
     * @param least how many trades a point must have made to be chosen
     */
    public WalkForward(List<BacktestConfig> points, ObjectiveMetric by, int least) {
        this.points = List.copyOf(points);
        this.by = by;
        this.least = least;
        if (this.points.stream().map((point) -> point.strategy().timeframe()).distinct().count() != 1) {
            throw new IllegalArgumentException("points must be at least one, and of one timeframe");
        }
    }

    /**
     * Walks.
     * @param bars minutes, with a warm-up before the first fold
     * @param folds in order of time
     * @param threads how many at once
     * @param curve of what is tried
     * @param step hears how many backtests are done, of folds × points
     * @return what came of it
     */
    public WalkForwardResult run(BarSeries bars, List<WalkForwardFold> folds, int threads, EquityCurve curve,
            ParameterSweep.Step step) {
        Timeframe timeframe = this.points.getFirst().strategy().timeframe();
        BacktestRun course = new BacktestRun(this.points.getFirst(), curve);
        List<Stage> stages = new ArrayList<>();
        for (WalkForwardFold fold : folds) {
            int before = stages.size() * this.points.size();
            List<BacktestReport> learned = ParameterSweep.run(this.points, bars,
                    BacktestWindow.of(bars, fold.begin(), fold.split(), timeframe), threads,
                    (done) -> step.done(before + done));
            BacktestWindow attempt = BacktestWindow.of(bars, fold.split(), fold.end(), timeframe);
            int best = best(learned);
            if (best < 0) {
                course.rest(bars, attempt);
                stages.add(new Stage(fold, best, null, null));
            }
            else {
                BacktestConfig chosen = this.points.get(best);
                course.follow(chosen, bars, attempt, SignalCache.of(chosen, bars, attempt, false), null);
                stages.add(new Stage(fold, best, learned.get(best),
                        new Backtest(chosen).run(bars, attempt, null).withoutTrades()));
            }
        }
        return new WalkForwardResult(stages, course.report());
    }

    /**
     * The best of some reports.
     * @param reports a point each
     * @return its place, the first of equals; -1 where none has enough trades
     */
    int best(List<BacktestReport> reports) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < reports.size(); i++) {
            double measure = this.by.of(reports.get(i));
            if (reports.get(i).count() >= this.least && measure > most) {
                most = measure;
                best = i;
            }
        }
        return best;
    }

    /**
     * One fold.
     *
     * @param fold its times
     * @param best the place of the point that was chosen; -1 where none had enough
     * trades, and nothing was traded
     * @param learned what it did where it was chosen
     * @param tried what it did then, with the whole capital again
     */
    public record Stage(WalkForwardFold fold, int best, @Nullable BacktestReport learned,
            @Nullable BacktestReport tried) {

    }

    /**
     * All folds.
     *
     * @param stages each of them
     * @param report of all that was tried, as one
     */
    public record WalkForwardResult(List<Stage> stages, BacktestReport report) {

        public WalkForwardResult {
            stages = List.copyOf(stages);
        }

    }

}
