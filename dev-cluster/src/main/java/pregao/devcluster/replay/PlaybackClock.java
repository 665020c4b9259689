package pregao.devcluster.replay;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a row of the past is due, counted from the first one, so many times as fast as it
 * happened.
 */
final class PlaybackClock {

    /** As fast as it goes. */
    static final double MAX = Double.POSITIVE_INFINITY;

    private static final double NANOS_A_MILLI = 1e6;

    private final double speed;

    private final LongSupplier nanoTime;

    private long firstTime;

    private long firstNanos;

    private boolean started;

    PlaybackClock(double speed, LongSupplier nanoTime) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /**
     * How much of the feed's time goes into one request: a second of ours.
     * @return milliseconds
     */
    long span() {
        return (this.speed == MAX) ? Long.MAX_VALUE : Math.max(1, (long) (1000 * this.speed));
    }

    /**
     * How long to wait before a row is sent.
     * @param time of the row, epoch milliseconds
     * @return zero where it is due
     */
    Duration until(long time) {
        if (this.speed == MAX) {
            return Duration.ZERO;
        }
        long now = this.nanoTime.getAsLong();
        if (!this.started) {
            this.started = true;
            this.firstTime = time;
            this.firstNanos = now;
        }
        long due = (long) ((time - this.firstTime) / this.speed * NANOS_A_MILLI);
        return Duration.ofNanos(Math.max(0, due - (now - this.firstNanos)));
    }

}
