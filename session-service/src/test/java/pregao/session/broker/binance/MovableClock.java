package pregao.session.broker.binance;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Clock that a test sets.
 */
final class MovableClock implements InstantSource {

    private long now;

    MovableClock(long millis) {
        this.now = millis;
    }

    void pass(long by) {
        this.now += by;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(this.now);
    }

}
