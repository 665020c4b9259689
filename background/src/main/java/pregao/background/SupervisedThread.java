package pregao.background;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats a task until the service stops. It survives every exception: each
 * is classified, counted, and logged, and the task starts again after a delay. An
 * {@link Error} ends the thread, which its state shows from then on.
 */
public final class SupervisedThread {

    private static final Logger log = LoggerFactory.getLogger(SupervisedThread.class);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final long MIN_RETRY_DELAY_MILLIS = 100;

    private static final long MAX_RETRY_DELAY_MILLIS = 1_000;

    private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;

    private final Duration maxSuccessAge;

    private final Task task;

    private final Runnable onStop;

    private final Map<FailureKind, LongAdder> failures = new EnumMap<>(FailureKind.class);

    private volatile State state = State.NEW;

    private volatile boolean running;

    /** The {@link System#nanoTime} of the last success. */
    private volatile long lastSuccessNanos = System.nanoTime();

    private volatile CountDownLatch stopSignal = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    private String lastLoggedFailure = "";

    private long lastLoggedNanos;

    /**
     * Creates a thread that has not started.
     * @param name the name of the thread, and of the task in metrics
     * @param maxSuccessAge the maximum age of the last success of a healthy task
     * @param task the task, which is called repeatedly
     * @param onStop ends what the task waits for when the service stops; the thread is
     * interrupted only if the task still does not return
     */
    public SupervisedThread(String name, Duration maxSuccessAge, Task task, Runnable onStop) {
        this.name = name;
        this.maxSuccessAge = maxSuccessAge;
        this.task = task;
        this.onStop = onStop;
        for (FailureKind kind : FailureKind.values()) {
            this.failures.put(kind, new LongAdder());
        }
    }

    /**
     * Creates a thread that has not started, for a task that waits only with
     * {@link #pause}.
     * @param name the name of the thread, and of the task in metrics
     * @param maxSuccessAge the maximum age of the last success of a healthy task
     * @param task the task, which is called repeatedly
     */
    public SupervisedThread(String name, Duration maxSuccessAge, Task task) {
        this(name, maxSuccessAge, task, () -> {
        });
    }

    /** Starts the thread. */
    public void start() {
        this.stopSignal = new CountDownLatch(1);
        this.lastSuccessNanos = System.nanoTime();
        this.state = State.RUNNING;
        this.running = true;
        this.thread = Thread.ofPlatform().name(this.name).daemon().start(this::supervise);
    }

    /** Requests the thread to stop, without waiting for it. */
    public void requestStop() {
        this.running = false;
        this.stopSignal.countDown();
        this.onStop.run();
    }

    /** Waits until the thread has ended, and interrupts it if that takes too long. */
    public void awaitStop() {
        Thread thread = this.thread;
        if (thread == null) {
            return;
        }
        try {
            if (!thread.join(STOP_TIMEOUT)) {
                log.warn("task {} has not ended within {} s and is interrupted", this.name, STOP_TIMEOUT.toSeconds());
                thread.interrupt();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the thread. */
    public void interrupt() {
        Thread thread = this.thread;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /**
     * Returns true while the task is to go on. A task that loops checks it.
     * @return false once the service stops or the thread has ended
     */
    public boolean isRunning() {
        return this.running;
    }

    /**
     * Sleeps until the duration has passed or the service stops.
     * @param duration the duration
     * @throws InterruptedException if the thread is interrupted
     */
    public void pause(Duration duration) throws InterruptedException {
        if (this.stopSignal.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("task {} stops", this.name);
        }
    }

    /** Records that the task achieved its purpose. */
    public void recordSuccess() {
        this.lastSuccessNanos = System.nanoTime();
    }

    /** Ends the thread regularly: no work is left. */
    public void complete() {
        this.state = State.COMPLETED;
        this.running = false;
    }

    /**
     * {@return the name of the thread, and of the task in metrics}
     */
    public String name() {
        return this.name;
    }

    /**
     * {@return the state of the thread}
     */
    public State state() {
        return this.state;
    }

    /**
     * Returns the time since the last success, or since the start of the thread.
     * @return the age of the last success
     */
    public Duration getSuccessAge() {
        return Duration.ofNanos(System.nanoTime() - this.lastSuccessNanos);
    }

    /**
     * Returns true if the last success is recent enough, or if no work is left.
     * @return false if the thread has died, or has not succeeded for too long
     */
    public boolean isHealthy() {
        return switch (this.state) {
            case NEW, COMPLETED -> true;
            case RUNNING -> getSuccessAge().compareTo(this.maxSuccessAge) <= 0;
            case DEAD -> false;
        };
    }

    /**
     * Returns the number of failures of a kind.
     * @param kind the kind
     * @return the number since the service started
     */
    public long countFailures(FailureKind kind) {
        return Objects.requireNonNull(this.failures.get(kind)).sum();
    }

    private void supervise() {
        long delay = MIN_RETRY_DELAY_MILLIS;
        try {
            while (this.running) {
                long previousSuccess = this.lastSuccessNanos;
                try {
                    this.task.run(this);
                    delay = MIN_RETRY_DELAY_MILLIS;
                }
                catch (Exception ex) {
                    delay = (this.lastSuccessNanos != previousSuccess) ? MIN_RETRY_DELAY_MILLIS
                            : Math.min(2 * delay, MAX_RETRY_DELAY_MILLIS);
                    recordFailure(ex);
                    pauseAfterFailure(delay);
                }
            }
        }
        catch (Throwable ex) {
            recordDeath(ex);
        }
    }

    private void recordFailure(Exception failure) {
        if (!this.running) {
            log.debug("task {} ends: {}", this.name, failure.toString());
            return;
        }
        FailureKind kind = FailureKind.of(failure);
        Objects.requireNonNull(this.failures.get(kind)).increment();
        long now = System.nanoTime();
        String text = failure.toString();
        if (text.equals(this.lastLoggedFailure) && now - this.lastLoggedNanos < LOG_INTERVAL_NANOS) {
            return;
        }
        this.lastLoggedFailure = text;
        this.lastLoggedNanos = now;
        if (kind == FailureKind.UNEXPECTED) {
            log.error("task {} failed and is tried again", this.name, failure);
        }
        else {
            log.warn("task {} failed and is tried again: {}", this.name, text);
        }
    }

    private void pauseAfterFailure(long millis) {
        try {
            pause(Duration.ofMillis(millis));
        }
        catch (InterruptedException ex) {
            // Only a stop ends the thread, and the condition of the loop checks for it.
            log.debug("task {} was interrupted", this.name);
        }
    }

    private void recordDeath(Throwable failure) {
        this.state = State.DEAD;
        this.running = false;
        log.error("task {} has ended and does not start again before the service does", this.name, failure);
    }

    /**
     * The state of a thread.
     */
    public enum State {

        /** It has not started. */
        NEW,
        /** It runs, or was stopped. */
        RUNNING,
        /** It ended because no work was left. */
        COMPLETED,
        /** An {@link Error} ended it. */
        DEAD

    }

    /**
     * The task of a thread.
     */
    public interface Task {

        /**
         * Performs one step, or loops while {@link SupervisedThread#isRunning}.
         * @param thread the thread, to check for a stop, to sleep, and to record success
         * @throws Exception if the step failed and is to be retried
         */
        void run(SupervisedThread thread) throws Exception;

    }

}
