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

    private static final Duration MIN_SILENCE = Duration.ofSeconds(30);

    private static final int MISSED = 3;

    private final Duration every;

    private final Runnable work;

    private final Semaphore calls = new Semaphore(0);

    private final SupervisedThread thread;

    public PeriodicTask(String name, Duration every, Runnable work) {
        this.every = every;
        this.work = work;
        Duration silence = every.multipliedBy(MISSED);
        this.thread = new SupervisedThread(name, (silence.compareTo(MIN_SILENCE) < 0) ? MIN_SILENCE : silence,
                this::repeat, this::call);
    }

    /**
     * Asks for it now rather than at the next turn.
     */
    public void call() {
        this.calls.release();
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void repeat(SupervisedThread thread) throws InterruptedException {
        this.work.run();
        thread.succeed();
        if (this.calls.tryAcquire(this.every.toMillis(), TimeUnit.MILLISECONDS)) {
            this.calls.drainPermits();
        }
    }

}
