package pregao.market.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.rule.Rule;

/**
 * Many backtests over the same minutes on several threads. What comes of a point is what
 * comes of it alone, whatever else is tried and on however many threads.
 */
public final class ParameterSweep {

    private final List<BacktestConfig> points;

    private final BarSeries bars;

    private final BacktestWindow range;

    private final Step step;

    private final int[] order;

    private final @Nullable BacktestReport[] reports;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicInteger done = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ParameterSweep(List<BacktestConfig> points, BarSeries bars, BacktestWindow range, Step step) {
        this.points = points;
        this.bars = bars;
        this.range = range;
        this.step = step;
        this.order = order(points);
        this.reports = new BacktestReport[points.size()];
    }

    /**
     * Tries all points.
     * @param points what is tried
     * @param bars minutes
     * @param range which of them
     * @param threads how many at once, the caller's included
     * @param step hears of each point that is done, on any of the threads; what it throws
     * ends the sweep
     * @return a report a point, in their order, without trades
     */
    public static List<BacktestReport> run(List<BacktestConfig> points, BarSeries bars, BacktestWindow range,
            int threads, Step step) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        return new ParameterSweep(points, bars, range, step).run(threads);
    }

    private List<BacktestReport> run(int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, this.points.size()); i++) {
            others.add(Thread.ofPlatform().name("sweep-" + i).daemon().start(this::work));
        }
        work();
        for (Thread other : others) {
            await(other);
        }
        switch (this.failure.get()) {
            case null -> {
            }
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
        return Arrays.stream(this.reports).map(Objects::requireNonNull).toList();
    }

    private void work() {
        try {
            Rules known = null;
            SignalCache signals = null;
            for (int i = this.next.getAndIncrement(); i < this.reports.length
                    && this.failure.get() == null; i = this.next.getAndIncrement()) {
                int place = this.order[i];
                BacktestConfig point = this.points.get(place);
                Rules rules = Rules.of(point);
                boolean last = i + 1 == this.order.length
                        || !rules.equals(Rules.of(this.points.get(this.order[i + 1])));
                signals = (signals != null && rules.equals(known)) ? signals.again()
                        : SignalCache.of(point, this.bars, this.range, !last);
                known = last ? null : rules;
                this.reports[place] = new Backtest(point).run(this.bars, this.range, signals, null).withoutTrades();
                this.step.done(this.done.incrementAndGet());
            }
        }
        catch (RuntimeException | Error ex) {
            this.failure.compareAndSet(null, ex);
        }
    }

    /** Points whose rules are the same one after the other, as they share signals. */
    private static int[] order(List<BacktestConfig> points) {
        Map<Rules, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            groups.computeIfAbsent(Rules.of(points.get(i)), (rules) -> new ArrayList<>()).add(i);
        }
        return groups.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    /** Where the caller is interrupted, the others are told to end with their points. */
    private void await(Thread other) {
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            }
            catch (InterruptedException ex) {
                interrupted = true;
                this.failure.compareAndSet(null, new IllegalStateException("the sweep was interrupted", ex));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hears how far a sweep is.
     */
    @FunctionalInterface
    public interface Step {

        /**
         * A point is done.
         * @param done how many are
         */
        void done(int done);

    }

    /** All that signals depend on beside the minutes. */
    private record Rules(Timeframe timeframe, Rule buy, Rule sell, IndicatorConvention convention) {

        static Rules of(BacktestConfig point) {
            return new Rules(point.strategy().timeframe(), point.strategy().buy(), point.strategy().sell(),
                    point.convention());
        }

    }

}
