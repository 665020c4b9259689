package pregao.strategy.engine;

import java.time.Duration;

/**
 * When something is tried again that was in vain: each time after twice as long, up to a
 * limit. For one thread.
 */
final class RetryBackoff {

    /** So often the wait is doubled. */
    private static final int DOUBLED = 5;

    private final long first;

    private long until = Long.MIN_VALUE;

    private int vain;

    /**
     * Nothing was in vain yet.
     * @param first how long to wait after the first time
     */
    RetryBackoff(Duration first) {
        this.first = first.toMillis();
    }

    void inVain(long now) {
        this.until = now + (this.first << Math.min(this.vain, DOUBLED));
        this.vain++;
    }

    void clear() {
        this.until = Long.MIN_VALUE;
        this.vain = 0;
    }

    boolean isWaiting(long now) {
        return now < this.until;
    }

    /** How often it was in vain, one after the other. */
    int vain() {
        return this.vain;
    }

}
