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
    void opened() {
        this.failures = 0;
        this.rejections = 0;
    }

    /**
     * The connection failed, or was lost.
     * @return milliseconds to wait
     */
    long lost() {
        this.rejections = 0;
        return delay();
    }

    /**
     * The broker refused the token.
     * @return milliseconds to wait
     */
    long rejected() {
        this.rejections++;
        return delay();
    }

    boolean isHopeless() {
        return this.rejections >= this.backoff.mostRejections();
    }

    private long delay() {
        long first = this.backoff.first().toMillis();
        long most = this.backoff.most().toMillis();
        long wait = Math.min(most, first << Math.min(this.failures, 16));
        this.failures++;
        return wait + (long) (this.backoff.jitter().toMillis() * this.random.getAsDouble());
    }

}
