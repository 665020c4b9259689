package pregao.session.broker.marketdata;

import java.time.Duration;

/**
 * The validity of a lease on this replica: 3 seconds from when the renewal was sent to
 * the database. Other replicas wait 5 seconds.
 */
final class LeaseValidity {

    private static final Duration VALIDITY = Duration.ofSeconds(3);

    private volatile long validUntilNanos;

    private volatile boolean active;

    /**
     * Extends the validity after a successful renewal.
     * @param requestedAtNanos when the renewal was sent, in nanoseconds of a monotonic
     * clock
     */
    void confirm(long requestedAtNanos) {
        this.validUntilNanos = requestedAtNanos + VALIDITY.toNanos();
        this.active = true;
    }

    /** Ends the validity, because another replica holds the lease or it was released. */
    void invalidate() {
        this.active = false;
    }

    /**
     * Returns whether this replica certainly holds the lease.
     * @param nowNanos the current time in nanoseconds of the same clock
     * @return false if another replica may hold it
     */
    boolean isValid(long nowNanos) {
        return this.active && nowNanos - this.validUntilNanos < 0;
    }

}
