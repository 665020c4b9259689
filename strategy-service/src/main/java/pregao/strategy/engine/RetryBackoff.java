package pregao.strategy.engine;

import java.time.Duration;

/**
 * When something is tried again that was in vain: each time after twice as long, up to a
 * limit. For one thread.
 */
final class RetryBackoff {

    /** So often the wait is doubled. */
    private static final int MAX_DOUBLINGS = 5;

    private final long initialDelayMillis;

    private long retryAtMillis = Long.MIN_VALUE;

    private int failures;

    /**
     * Nothing was in vain yet.
     * @param initialDelay how long to wait after the first time
     */
    RetryBackoff(Duration initialDelay) {
        this.initialDelayMillis = initialDelay.toMillis();
    }

    void recordFailure(long now) {
        this.retryAtMillis = now + (this.initialDelayMillis << Math.min(this.failures, MAX_DOUBLINGS));
        this.failures++;
    }

    void reset() {
        this.retryAtMillis = Long.MIN_VALUE;
        this.failures = 0;
    }

    boolean isWaiting(long now) {
        return now < this.retryAtMillis;
    }

    /** How often it was in vain, one after the other. */
    int failureCount() {
        return this.failures;
    }

}
