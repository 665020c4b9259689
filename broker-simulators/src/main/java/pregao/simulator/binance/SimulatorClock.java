package pregao.simulator.binance;

import java.time.InstantSource;

/**
 * The broker's clock, which may go wrong on request.
 */
final class SimulatorClock {

    private final InstantSource source;

    private long shift;

    SimulatorClock(InstantSource source) {
        this.source = source;
    }

    long millis() {
        return this.source.millis() + this.shift;
    }

    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

    void shift(long byMillis) {
        this.shift += byMillis;
    }

}
