package pregao.session.broker.marketdata;

import java.time.Duration;

/**
 * How sure a replica may be that a feed is still its own: for 3 seconds from the moment
 * it began to say so to the database, where others wait for 5.
 */
final class LeaseValidity {

    private static final Duration VALIDITY = Duration.ofSeconds(3);

    private volatile long validUntilNanos;

    private volatile boolean active;

    /**
     * The database has agreed.
     * @param requestedAtNanos when it was asked, nanoseconds of a clock that does not
     * jump
     */
    void confirm(long requestedAtNanos) {
        this.validUntilNanos = requestedAtNanos + VALIDITY.toNanos();
        this.active = true;
    }

    /** It is somebody else's, or given up. */
    void invalidate() {
        this.active = false;
    }

    /**
     * Whether it is ours.
     * @param nowNanos nanoseconds of the same clock
     * @return false where another may have it
     */
    boolean isValid(long nowNanos) {
        return this.active && nowNanos - this.validUntilNanos < 0;
    }

}
