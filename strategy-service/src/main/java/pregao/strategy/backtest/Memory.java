package pregao.strategy.backtest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

import pregao.strategy.job.Progress;
import pregao.strategy.job.Work;

/**
 * Room for the minutes of all jobs of this replica: who finds none waits until others are
 * through.
 */
@Component
class Memory {

    private static final long LOOK = 300;

    private final int most;

    private final Semaphore free;

    Memory(BacktestLimits limits) {
        this.most = limits.minutes();
        this.free = new Semaphore(this.most, true);
    }

    /**
     * Waits for room.
     * @param minutes how many are needed
     * @param progress is asked whether to go on waiting
     * @return what gives the room back
     * @throws Work.Unfit where there is never so much
     */
    Room take(int minutes, Progress progress) {
        if (minutes > this.most) {
            throw new Work.Unfit("%,d minutes with their warm-up are more than the %,d that fit into memory"
                .formatted(minutes, this.most));
        }
        try {
            while (!this.free.tryAcquire(minutes, LOOK, TimeUnit.MILLISECONDS)) {
                progress.at("waiting for memory", 0, 0);
            }
            return () -> this.free.release(minutes);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new Work.Called("the service ends");
        }
    }

    /**
     * Room that was taken.
     */
    interface Room extends AutoCloseable {

        @Override
        void close();

    }

}
