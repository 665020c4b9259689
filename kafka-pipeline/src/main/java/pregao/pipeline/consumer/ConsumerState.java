package pregao.pipeline.consumer;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * How the loop and its thread are, as seen from other threads.
 */
public final class ConsumerState {

    /** Longer without a poll, and something is wrong. */
    static final long MAX_POLL_AGE_MILLIS = 10_000;

    /** Longer without a sign of the thread, and nothing will help but a restart. */
    static final long MAX_HEARTBEAT_AGE_MILLIS = 180_000;

    /** A recovery shorter than this keeps nobody from reading. */
    static final long MAX_RECOVERY_MILLIS = 30_000;

    private final InstantSource clock;

    private volatile long lastPollAt = Long.MIN_VALUE;

    private volatile long lastHeartbeatAt = Long.MIN_VALUE;

    private volatile boolean assigned;

    /** Since when nothing is assigned, after something was. */
    private volatile long assignmentLostAt = Long.MIN_VALUE;

    private volatile @Nullable Throwable fatalError;

    /**
     * The state of a loop that has not begun.
     * @param clock to see when it stands still
     */
    public ConsumerState(InstantSource clock) {
        this.clock = clock;
    }

    void recordPoll() {
        long now = this.clock.millis();
        this.lastPollAt = now;
        this.lastHeartbeatAt = now;
    }

    /** The thread works, though it may still wait for what the loop needs. */
    void recordHeartbeat() {
        this.lastHeartbeatAt = this.clock.millis();
    }

    /** The thread has ended and does not start again. */
    void recordFatalError(Throwable cause) {
        this.fatalError = cause;
    }

    void assigned(boolean isAssigned) {
        if (this.assigned && !isAssigned) {
            this.assignmentLostAt = this.clock.millis();
        }
        this.assigned = isAssigned;
    }

    /**
     * Whether the thread works: false asks for a restart of the process.
     */
    boolean isAlive() {
        long heartbeatAt = this.lastHeartbeatAt;
        return this.fatalError == null
                && (heartbeatAt == Long.MIN_VALUE || this.clock.millis() - heartbeatAt <= MAX_HEARTBEAT_AGE_MILLIS);
    }

    /**
     * Whether the loop polls and has taken over what it was assigned; a short recovery
     * counts as that.
     */
    boolean isReady() {
        long now = this.clock.millis();
        long pollAt = this.lastPollAt;
        if (this.fatalError != null || pollAt == Long.MIN_VALUE || now - pollAt > MAX_POLL_AGE_MILLIS) {
            return false;
        }
        long lostAt = this.assignmentLostAt;
        return this.assigned || (lostAt != Long.MIN_VALUE && now - lostAt <= MAX_RECOVERY_MILLIS);
    }

    /**
     * Whether the loop has taken over what it was assigned, and is not recovering.
     * @return true while it works
     */
    public boolean isAssigned() {
        return this.assigned;
    }

}
