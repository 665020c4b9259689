package pregao.loop;

import java.time.InstantSource;

/**
 * Whether the loop is alive, as seen from other threads.
 */
public final class LoopState {

    /** Longer without a poll, and something is wrong. */
    static final long STALE_MILLIS = 10_000;

    private final InstantSource clock;

    private volatile long polledAt = Long.MIN_VALUE;

    private volatile boolean assigned;

    /**
     * The state of a loop that has not begun.
     * @param clock to see when it stands still
     */
    public LoopState(InstantSource clock) {
        this.clock = clock;
    }

    void polled() {
        this.polledAt = this.clock.millis();
    }

    void assigned(boolean is) {
        this.assigned = is;
    }

    boolean isAlive() {
        long at = this.polledAt;
        return at != Long.MIN_VALUE && this.clock.millis() - at <= STALE_MILLIS;
    }

    /**
     * Whether the loop has taken over what it was assigned, and is not recovering.
     * @return true while it works
     */
    public boolean isAssigned() {
        return this.assigned;
    }

}
