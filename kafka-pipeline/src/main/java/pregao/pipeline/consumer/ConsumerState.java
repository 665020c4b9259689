package pregao.pipeline.consumer;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * How the loop and its thread are, as seen from other threads.
 */
public final class ConsumerState {

    /** Longer without a poll, and something is wrong. */
    static final long STALE_MILLIS = 10_000;

    /** Longer without a sign of the thread, and nothing will help but a restart. */
    static final long DEAD_MILLIS = 180_000;

    /** A recovery shorter than this keeps nobody from reading. */
    static final long RECOVERY_MILLIS = 30_000;

    private final InstantSource clock;

    private volatile long polledAt = Long.MIN_VALUE;

    private volatile long seenAt = Long.MIN_VALUE;

    private volatile boolean assigned;

    /** Since when nothing is assigned, after something was. */
    private volatile long lostAt = Long.MIN_VALUE;

    private volatile @Nullable Throwable end;

    /**
     * The state of a loop that has not begun.
     * @param clock to see when it stands still
     */
    public ConsumerState(InstantSource clock) {
        this.clock = clock;
    }

    void polled() {
        long now = this.clock.millis();
        this.polledAt = now;
        this.seenAt = now;
    }

    /** The thread works, though it may still wait for what the loop needs. */
    void seen() {
        this.seenAt = this.clock.millis();
    }

    /** The thread has ended and does not start again. */
    void ended(Throwable cause) {
        this.end = cause;
    }

    void assigned(boolean is) {
        if (this.assigned && !is) {
            this.lostAt = this.clock.millis();
        }
        this.assigned = is;
    }

    /**
     * Whether the thread works: false asks for a restart of the process.
     */
    boolean isAlive() {
        long at = this.seenAt;
        return this.end == null && (at == Long.MIN_VALUE || this.clock.millis() - at <= DEAD_MILLIS);
    }

    /**
     * Whether the loop polls and has taken over what it was assigned; a short recovery
     * counts as that.
     */
    boolean isReady() {
        long now = this.clock.millis();
        long polled = this.polledAt;
        if (this.end != null || polled == Long.MIN_VALUE || now - polled > STALE_MILLIS) {
            return false;
        }
        long lost = this.lostAt;
        return this.assigned || (lost != Long.MIN_VALUE && now - lost <= RECOVERY_MILLIS);
    }

    /**
     * Whether the loop has taken over what it was assigned, and is not recovering.
     * @return true while it works
     */
    public boolean isAssigned() {
        return this.assigned;
    }

}
