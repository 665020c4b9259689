package pregao.aggregator.loop;

import java.time.InstantSource;

/**
 * Whether the loop is alive, as seen from other threads.
 */
final class LoopState {

    /** Longer without a poll, and something is wrong. */
    static final long STALE_MILLIS = 10_000;

    private final InstantSource clock;

    private volatile long polledAt = Long.MIN_VALUE;

    private volatile boolean assigned;

    LoopState(InstantSource clock) {
        this.clock = clock;
    }

    void polled() {
        this.polledAt = this.clock.millis();
    }

    /** Whether the loop has taken over what it was assigned, and is not recovering. */
    void assigned(boolean is) {
        this.assigned = is;
    }

    boolean isAlive() {
        long at = this.polledAt;
        return at != Long.MIN_VALUE && this.clock.millis() - at <= STALE_MILLIS;
    }

    boolean isAssigned() {
        return this.assigned;
    }

}
