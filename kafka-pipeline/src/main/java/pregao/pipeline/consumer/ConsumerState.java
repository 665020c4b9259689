package pregao.pipeline.consumer;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * The state of a consumer and of its thread. Other threads may read it.
 */
public final class ConsumerState {

    /** A consumer that has not polled for longer is not ready. */
    static final long MAX_POLL_AGE_MILLIS = 10_000;

    /** A thread without a heartbeat for longer is dead, and only a restart helps. */
    static final long MAX_HEARTBEAT_AGE_MILLIS = 180_000;

    /** A consumer stays ready while a recovery takes no longer. */
    static final long MAX_RECOVERY_MILLIS = 30_000;

    private final InstantSource clock;

    private volatile long lastPollAt = Long.MIN_VALUE;

    private volatile long lastHeartbeatAt = Long.MIN_VALUE;

    private volatile boolean assigned;

    /** When the assignment was lost, in epoch milliseconds. */
    private volatile long assignmentLostAt = Long.MIN_VALUE;

    private volatile @Nullable Throwable fatalError;

    /**
     * Creates the state of a consumer that has not started.
     * @param clock the clock that ages are measured with
     */
    public ConsumerState(InstantSource clock) {
        this.clock = clock;
    }

    void recordPoll() {
        long now = this.clock.millis();
        this.lastPollAt = now;
        this.lastHeartbeatAt = now;
    }

    /** Records that the thread is alive, even while it still waits for prerequisites. */
    void recordHeartbeat() {
        this.lastHeartbeatAt = this.clock.millis();
    }

    /** Records that an error has ended the thread, which does not start again. */
    void recordFatalError(Throwable cause) {
        this.fatalError = cause;
    }

    void setAssigned(boolean isAssigned) {
        if (this.assigned && !isAssigned) {
            this.assignmentLostAt = this.clock.millis();
        }
        this.assigned = isAssigned;
    }

    /**
     * Returns true while the thread works; false calls for a restart of the process.
     */
    boolean isAlive() {
        long heartbeatAt = this.lastHeartbeatAt;
        return this.fatalError == null
                && (heartbeatAt == Long.MIN_VALUE || this.clock.millis() - heartbeatAt <= MAX_HEARTBEAT_AGE_MILLIS);
    }

    /**
     * Returns true if the consumer polls and has recovered its assigned partitions, or
     * lost them only a short time ago.
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
     * Returns true while the consumer has recovered its assigned partitions and does not
     * recover from a failure.
     * @return whether partitions are assigned and recovered
     */
    public boolean isAssigned() {
        return this.assigned;
    }

}
