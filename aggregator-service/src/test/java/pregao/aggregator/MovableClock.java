package pregao.aggregator;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is moved.
 */
public final class MovableClock implements InstantSource {

    private volatile long now;

    public MovableClock(long now) {
        this.now = now;
    }

    public void set(long epochMillis) {
        this.now = epochMillis;
    }

    public void advance(long millis) {
        this.now += millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(this.now);
    }

    @Override
    public long millis() {
        return this.now;
    }

}
