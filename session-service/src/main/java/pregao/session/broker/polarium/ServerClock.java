package pregao.session.broker.polarium;

import java.time.InstantSource;

/**
 * The broker's clock as we know it: ours plus a smoothed difference. Options end by the
 * broker's clock, so nothing about them may be computed with another one.
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
     * Takes what the broker says the time is.
     * @param serverMillis epoch milliseconds
     */
    void synchronize(long serverMillis) {
        double measuredOffset = serverMillis - this.localClock.millis();
        double previousOffset = this.offsetMillis;
        boolean isJump = !this.synchronizedOnce || Math.abs(measuredOffset - previousOffset) > JUMP_MILLIS;
        this.offsetMillis = isJump ? measuredOffset : previousOffset + (measuredOffset - previousOffset) / SMOOTHING;
        this.synchronizedOnce = true;
    }

    /**
     * Whether the broker has told the time.
     * @return false while it is only ours
     */
    boolean isKnown() {
        return this.synchronizedOnce;
    }

    /**
     * The broker's time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.localClock.millis() + Math.round(this.offsetMillis);
    }

    /**
     * The broker's time.
     * @return epoch seconds
     */
    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

}
