package pregao.aggregator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it.
 */
public final class MovableClock implements InstantSource {

    private final AtomicLong now;

    public MovableClock(long now) {
        this.now = new AtomicLong(now);
    }

    public void set(long epochMillis) {
        this.now.set(epochMillis);
    }

    public void advance(long millis) {
        this.now.addAndGet(millis);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(this.now.get());
    }

    @Override
    public long millis() {
        return this.now.get();
    }

}
