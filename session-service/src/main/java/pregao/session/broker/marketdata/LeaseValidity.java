package pregao.session.broker.marketdata;

import java.time.Duration;

/**
 * How sure a replica may be that a feed is still its own: for 3 seconds from the moment
 * it began to say so to the database, where others wait for 5.
 */
final class LeaseValidity {

    private static final Duration SURE = Duration.ofSeconds(3);

    private volatile long until;

    private volatile boolean held;

    /**
     * The database has agreed.
     * @param asked when it was asked, nanoseconds of a clock that does not jump
     */
    void confirm(long asked) {
        this.until = asked + SURE.toNanos();
        this.held = true;
    }

    /** It is somebody else's, or given up. */
    void end() {
        this.held = false;
    }

    /**
     * Whether it is ours.
     * @param now nanoseconds of the same clock
     * @return false where another may have it
     */
    boolean holds(long now) {
        return this.held && now - this.until < 0;
    }

}
