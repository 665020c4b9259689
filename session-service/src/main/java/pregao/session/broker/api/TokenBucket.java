package pregao.session.broker.api;

import java.time.Duration;

/**
 * A bucket of permits that fills steadily. Permits are given in advance: who takes one
 * waits for it.
 */
public final class TokenBucket {

    private final int permitsPerPeriod;

    private final long periodNanos;

    private final int burst;

    private long nanosPerPermit;

    private long burstNanos;

    /** When the bucket is full again, were nobody to take one. */
    private long fullAtNanos;

    private boolean initialized;

    /**
     * A full bucket.
     * @param permitsPerSecond permits that come in a second
     * @param burst how many it holds
     */
    public TokenBucket(int permitsPerSecond, int burst) {
        this(permitsPerSecond, Duration.ofSeconds(1), burst);
    }

    /**
     * A full bucket.
     * @param permits that come in a time
     * @param period in which
     * @param burst how many it holds
     */
    public TokenBucket(int permits, Duration period, int burst) {
        this.permitsPerPeriod = permits;
        this.periodNanos = period.toNanos();
        this.burst = burst;
        divide(1);
    }

    /**
     * Fills with a share of the permits from now on.
     * @param shares how many there are, of which this is one
     */
    public synchronized void divide(int shares) {
        this.nanosPerPermit = this.periodNanos * shares / this.permitsPerPeriod;
        this.burstNanos = Math.max(1, this.burst / shares) * this.nanosPerPermit;
    }

    /**
     * Takes a permit.
     * @param nowNanos nanoseconds of any clock that does not jump
     * @return how many nanoseconds from now it is good
     */
    public synchronized long reservePermit(long nowNanos) {
        if (!this.initialized || this.fullAtNanos - nowNanos < 0) {
            this.fullAtNanos = nowNanos;
            this.initialized = true;
        }
        this.fullAtNanos += this.nanosPerPermit;
        return Math.max(0, this.fullAtNanos - nowNanos - this.burstNanos);
    }

}
