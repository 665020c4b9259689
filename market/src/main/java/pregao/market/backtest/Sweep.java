package pregao.market.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Many backtests over the same minutes on several threads. What comes of a point is what
 * comes of it alone, whatever else is tried and on however many threads.
 */
public final class Sweep {

    private final List<BacktestSettings> points;

    private final Bars bars;

    private final Range range;

    private final Step step;

    private final @Nullable Report[] reports;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicInteger done = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Sweep(List<BacktestSettings> points, Bars bars, Range range, Step step) {
        this.points = points;
        this.bars = bars;
        this.range = range;
        this.step = step;
        this.reports = new Report[points.size()];
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
    public static List<Report> run(List<BacktestSettings> points, Bars bars, Range range, int threads, Step step) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        return new Sweep(points, bars, range, step).run(threads);
    }

    private List<Report> run(int threads) {
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
            for (int i = this.next.getAndIncrement(); i < this.reports.length
                    && this.failure.get() == null; i = this.next.getAndIncrement()) {
                this.reports[i] = new Backtest(this.points.get(i)).run(this.bars, this.range, null).withoutTrades();
                this.step.done(this.done.incrementAndGet());
            }
        }
        catch (RuntimeException | Error ex) {
            this.failure.compareAndSet(null, ex);
        }
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

}
