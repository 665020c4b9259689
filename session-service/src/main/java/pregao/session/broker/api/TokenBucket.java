package pregao.session.broker.api;

import java.time.Duration;

/**
 * A bucket of permits that fills steadily. Permits are given in advance: who takes one
 * waits for it.
 */
public final class TokenBucket {

    private final int permits;

    private final long nanos;

    private final int burst;

    private long nanosAPermit;

    private long ahead;

    /** When the bucket is full again, were nobody to take one. */
    private long full;

    private boolean used;

    /**
     * A full bucket.
     * @param aSecond permits that come in a second
     * @param burst how many it holds
     */
    public TokenBucket(int aSecond, int burst) {
        this(aSecond, Duration.ofSeconds(1), burst);
    }

    /**
     * A full bucket.
     * @param permits that come in a time
     * @param time in which
     * @param burst how many it holds
     */
    public TokenBucket(int permits, Duration time, int burst) {
        this.permits = permits;
        this.nanos = time.toNanos();
        this.burst = burst;
        divide(1);
    }

    /**
     * Fills with a share of the permits from now on.
     * @param shares how many there are, of which this is one
     */
    public synchronized void divide(int shares) {
        this.nanosAPermit = this.nanos * shares / this.permits;
        this.ahead = Math.max(1, this.burst / shares) * this.nanosAPermit;
    }

    /**
     * Takes a permit.
     * @param now nanoseconds of any clock that does not jump
     * @return how many nanoseconds from now it is good
     */
    public synchronized long take(long now) {
        if (!this.used || this.full - now < 0) {
            this.full = now;
            this.used = true;
        }
        this.full += this.nanosAPermit;
        return Math.max(0, this.full - now - this.ahead);
    }

}
