package pregao.session.broker.polarium;

import java.time.InstantSource;

/**
 * Broker's server time: the local clock plus a smoothed offset. Options end by the server
 * clock, so all their times must be computed with it.
 */
final class ServerClock {

    private static final long JUMP_MILLIS = 2000;

    private static final int SMOOTHING = 8;

    private final InstantSource localClock;

    private volatile double offsetMillis;

    private boolean synchronizedOnce;

    ServerClock(InstantSource localClock) {
        this.localClock = localClock;
    }

    /**
     * Synchronizes with a server time.
     * @param serverMillis the server time in epoch milliseconds
     */
    void synchronize(long serverMillis) {
        double measuredOffset = serverMillis - this.localClock.millis();
        double previousOffset = this.offsetMillis;
        boolean isJump = !this.synchronizedOnce || Math.abs(measuredOffset - previousOffset) > JUMP_MILLIS;
        this.offsetMillis = isJump ? measuredOffset : previousOffset + (measuredOffset - previousOffset) / SMOOTHING;
        this.synchronizedOnce = true;
    }

    /**
     * Returns whether the server time is known.
     * @return false before the first synchronization
     */
    boolean isKnown() {
        return this.synchronizedOnce;
    }

    /**
     * Returns the server time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.localClock.millis() + Math.round(this.offsetMillis);
    }

    /**
     * Returns the server time.
     * @return epoch seconds
     */
    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

}
