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

    private static final long LOOK = 300;

    private final int most;

    private final Semaphore free;

    CandleMemoryLimiter(BacktestProperties limits) {
        this.most = limits.maxMinutes();
        this.free = new Semaphore(this.most, true);
    }

    /**
     * Waits for room, and does something in it.
     * @param <T> what comes of it
     * @param minutes how many are needed
     * @param progress is asked whether to go on waiting
     * @param inside what is done
     * @return what came of it
     * @throws JobHandler.JobRejectedException where there is never so much
     */
    public <T> T with(int minutes, ProgressListener progress, Supplier<T> inside) {
        if (minutes > this.most) {
            throw new JobHandler.JobRejectedException(
                    "%,d minutes with their warm-up are more than the %,d that fit into memory".formatted(minutes,
                            this.most));
        }
        await(minutes, progress);
        try {
            return inside.get();
        }
        finally {
            this.free.release(minutes);
        }
    }

    private void await(int minutes, ProgressListener progress) {
        try {
            while (!this.free.tryAcquire(minutes, LOOK, TimeUnit.MILLISECONDS)) {
                progress.at("waiting for memory", 0, 0);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new JobHandler.JobCancelledException("the service ends");
        }
    }

}
