package pregao.session.broker.polarium;

import java.util.function.DoubleSupplier;

/**
 * Policy for reconnects: exponential backoff with jitter. The session gives up when the
 * broker has rejected its token too often in a row.
 */
final class ReconnectPolicy {

    private final ReconnectBackoff backoff;

    private final DoubleSupplier random;

    private int failures;

    private int rejections;

    /**
     * Creates a policy without failures.
     * @param backoff the delays
     * @param random a source of random numbers from 0 inclusive to 1 exclusive
     */
    ReconnectPolicy(ReconnectBackoff backoff, DoubleSupplier random) {
        this.backoff = backoff;
        this.random = random;
    }

    /** Resets the failures, because the broker has accepted the session. */
    void reset() {
        this.failures = 0;
        this.rejections = 0;
    }

    /**
     * Records a failed or lost connection.
     * @return the delay before the next attempt in milliseconds
     */
    long nextDelayAfterLoss() {
        this.rejections = 0;
        return nextDelay();
    }

    /**
     * Records a rejected token.
     * @return the delay before the next attempt in milliseconds
     */
    long nextDelayAfterRejection() {
        this.rejections++;
        return nextDelay();
    }

    boolean isExhausted() {
        return this.rejections >= this.backoff.mostRejections();
    }

    private long nextDelay() {
        long firstMillis = this.backoff.first().toMillis();
        long maxMillis = this.backoff.most().toMillis();
        long delayMillis = Math.min(maxMillis, firstMillis << Math.min(this.failures, 16));
        this.failures++;
        return delayMillis + (long) (this.backoff.jitter().toMillis() * this.random.getAsDouble());
    }

}
