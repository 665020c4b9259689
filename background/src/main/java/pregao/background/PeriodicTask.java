package pregao.background;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A supervised thread that runs a task at an interval, and at once when triggered, until
 * the service stops.
 */
public final class PeriodicTask implements SupervisedComponent {

    private static final Duration MIN_MAX_SUCCESS_AGE = Duration.ofSeconds(30);

    private static final int MAX_MISSED_RUNS = 3;

    private final Duration interval;

    private final Runnable task;

    private final Semaphore triggers = new Semaphore(0);

    private final SupervisedThread thread;

    public PeriodicTask(String name, Duration interval, Runnable task) {
        this.interval = interval;
        this.task = task;
        Duration maxSuccessAge = interval.multipliedBy(MAX_MISSED_RUNS);
        this.thread = new SupervisedThread(name,
                (maxSuccessAge.compareTo(MIN_MAX_SUCCESS_AGE) < 0) ? MIN_MAX_SUCCESS_AGE : maxSuccessAge,
                this::runAndWait, this::trigger);
    }

    /**
     * Runs the task now instead of at the next interval. Returns at once.
     */
    public void trigger() {
        this.triggers.release();
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void runAndWait(SupervisedThread thread) throws InterruptedException {
        this.task.run();
        thread.recordSuccess();
        if (this.triggers.tryAcquire(this.interval.toMillis(), TimeUnit.MILLISECONDS)) {
            this.triggers.drainPermits();
        }
    }

}
