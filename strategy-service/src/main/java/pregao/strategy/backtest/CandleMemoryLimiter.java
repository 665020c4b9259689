package pregao.strategy.backtest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import pregao.strategy.job.JobHandler;
import pregao.strategy.job.ProgressListener;

/**
 * Room for the minutes of all jobs of this replica: who finds none waits until others are
 * through.
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
     * Waits for room, and does something in it.
     * @param <T> what comes of it
     * @param minutes how many are needed
     * @param progress is asked whether to go on waiting
     * @param work what is done
     * @return what came of it
     * @throws JobHandler.JobRejectedException where there is never so much
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
                progress.at("waiting for memory", 0, 0);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new JobHandler.JobCancelledException("the service ends");
        }
    }

}
