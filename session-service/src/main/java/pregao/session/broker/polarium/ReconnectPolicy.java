package pregao.session.broker.polarium;

import java.util.function.DoubleSupplier;

/**
 * When to connect again: soon at first, then ever later, never all at once; and not at
 * all once the broker has refused the token too often in a row.
 */
final class ReconnectPolicy {

    private final ReconnectBackoff backoff;

    private final DoubleSupplier random;

    private int failures;

    private int rejections;

    /**
     * Nothing has failed yet.
     * @param backoff how long to wait
     * @param random from 0 to below 1
     */
    ReconnectPolicy(ReconnectBackoff backoff, DoubleSupplier random) {
        this.backoff = backoff;
        this.random = random;
    }

    /** The broker let us in. */
    void reset() {
        this.failures = 0;
        this.rejections = 0;
    }

    /**
     * The connection failed, or was lost.
     * @return milliseconds to wait
     */
    long nextDelayAfterLoss() {
        this.rejections = 0;
        return nextDelay();
    }

    /**
     * The broker refused the token.
     * @return milliseconds to wait
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
