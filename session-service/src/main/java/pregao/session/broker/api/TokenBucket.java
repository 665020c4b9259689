package pregao.session.broker.api;

import java.time.Duration;

/**
 * A token bucket that refills at a constant rate. Permits are reserved in advance, and
 * the caller waits until its permit is valid.
 */
public final class TokenBucket {

    private final int permitsPerPeriod;

    private final long periodNanos;

    private final int burst;

    private long nanosPerPermit;

    private long burstNanos;

    /** When the bucket is full again if no further permit is reserved. */
    private long fullAtNanos;

    private boolean initialized;

    /**
     * Creates a full bucket.
     * @param permitsPerSecond the number of permits added per second
     * @param burst the capacity in permits
     */
    public TokenBucket(int permitsPerSecond, int burst) {
        this(permitsPerSecond, Duration.ofSeconds(1), burst);
    }

    /**
     * Creates a full bucket.
     * @param permits the number of permits added per period
     * @param period the period
     * @param burst the capacity in permits
     */
    public TokenBucket(int permits, Duration period, int burst) {
        this.permitsPerPeriod = permits;
        this.periodNanos = period.toNanos();
        this.burst = burst;
        divide(1);
    }

    /**
     * Sets the share of this bucket from now on.
     * @param shares the number of equal shares, of which this bucket gets one
     */
    public synchronized void divide(int shares) {
        this.nanosPerPermit = this.periodNanos * shares / this.permitsPerPeriod;
        this.burstNanos = Math.max(1, this.burst / shares) * this.nanosPerPermit;
    }

    /**
     * Reserves a permit.
     * @param nowNanos the current time in nanoseconds of a monotonic clock
     * @return the delay until the permit is valid, in nanoseconds
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
