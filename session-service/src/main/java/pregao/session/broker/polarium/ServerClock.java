package pregao.session.broker.polarium;

import java.time.InstantSource;

/**
 * The broker's clock as we know it: ours plus a smoothed difference. Options end by the
 * broker's clock, so nothing about them may be computed with another one.
 */
final class ServerClock {

    private static final long JUMP_MILLIS = 2000;

    private static final int SMOOTHING = 8;

    private final InstantSource ours;

    private volatile double difference;

    private boolean known;

    ServerClock(InstantSource ours) {
        this.ours = ours;
    }

    /**
     * Takes what the broker says the time is.
     * @param millis epoch milliseconds
     */
    void set(long millis) {
        double seen = millis - this.ours.millis();
        double before = this.difference;
        boolean jump = !this.known || Math.abs(seen - before) > JUMP_MILLIS;
        this.difference = jump ? seen : before + (seen - before) / SMOOTHING;
        this.known = true;
    }

    /**
     * Whether the broker has told the time.
     * @return false while it is only ours
     */
    boolean isKnown() {
        return this.known;
    }

    /**
     * The broker's time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.ours.millis() + Math.round(this.difference);
    }

    /**
     * The broker's time.
     * @return epoch seconds
     */
    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

}
