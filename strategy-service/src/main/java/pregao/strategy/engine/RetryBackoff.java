package pregao.strategy.engine;

import java.time.Duration;

/**
 * An exponential backoff: the delay doubles with each failure, up to a limit. Not
 * thread-safe.
 */
final class RetryBackoff {

    /** The maximum number of times that the delay doubles. */
    private static final int MAX_DOUBLINGS = 5;

    private final long initialDelayMillis;

    private long retryAtMillis = Long.MIN_VALUE;

    private int failures;

    /**
     * Creates a backoff without failures.
     * @param initialDelay the delay after the first failure
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

    /** Returns the number of consecutive failures. */
    int failureCount() {
        return this.failures;
    }

}
