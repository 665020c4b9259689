package pregao.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that does one thing every so often, and at once where somebody calls, until
 * the service ends. A failure is told of and tried again.
 */
public final class Repetition implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Repetition.class);

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final String name;

    private final Duration every;

    private final Runnable work;

    private final Semaphore calls = new Semaphore(0);

    private volatile boolean running;

    private volatile @Nullable Thread thread;

    public Repetition(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    /**
     * Asks for it now rather than at the next turn.
     */
    public void call() {
        this.calls.release();
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name(this.name).daemon().start(this::repeat);
    }

    @Override
    public void stop() {
        this.running = false;
        call();
        Thread working = this.thread;
        if (working == null) {
            return;
        }
        try {
            if (!working.join(STOPPING)) {
                working.interrupt();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void repeat() {
        while (this.running) {
            try {
                this.work.run();
                if (this.calls.tryAcquire(this.every.toMillis(), TimeUnit.MILLISECONDS)) {
                    this.calls.drainPermits();
                }
            }
            catch (InterruptedException ex) {
                this.running = false; // nobody but the end of the process interrupts
            }
            catch (RuntimeException ex) {
                log.warn("{} does not work now and is tried again: {}", this.name, ex.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(Math.min(1000, this.every.toMillis()));
        }
        catch (InterruptedException ex) {
            this.running = false;
        }
    }

}
