package pregao.strategy.backtest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import pregao.strategy.job.JobHandler;
import pregao.strategy.job.ProgressListener;

/**
 * Limits the number of minutes that all jobs of this replica have in memory. A job waits
 * until the memory it needs is free.
 */
@Component
public class CandleMemoryLimiter {

    private static final long POLL_INTERVAL_MILLIS = 300;

    private final int maxMinutes;

    private final Semaphore permits;

    CandleMemoryLimiter(BacktestProperties properties) {
        this.maxMinutes = properties.maxMinutes();
        this.permits = new Semaphore(this.maxMinutes, true);
    }

    /**
     * Waits until there is memory for the given number of minutes, and runs the work.
     * @param <T> the type of the result
     * @param minutes the number of minutes that the work loads
     * @param progress receives updates while waiting, and can cancel the job
     * @param work the work to run
     * @return the result of the work
     * @throws JobHandler.JobRejectedException if the number exceeds the limit of the
     * replica
     */
    public <T> T runWithMemory(int minutes, ProgressListener progress, Supplier<T> work) {
        if (minutes > this.maxMinutes) {
            throw new JobHandler.JobRejectedException(
                    "%,d minutes with their warm-up are more than the %,d that fit into memory".formatted(minutes,
                            this.maxMinutes));
        }
        acquire(minutes, progress);
        try {
            return work.get();
        }
        finally {
            this.permits.release(minutes);
        }
    }

    private void acquire(int minutes, ProgressListener progress) {
        try {
            while (!this.permits.tryAcquire(minutes, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.report("waiting for memory", 0, 0);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new JobHandler.JobCancelledException("the service ends");
        }
    }

}
