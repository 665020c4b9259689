package pregao.strategy.indicator;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.contracts.candle.Candle;

/**
 * How long it takes from a minute that is over, as its candle was published, until every
 * bot's decision on it is written down and its orders are on their way. For one thread.
 */
final class DecisionLatency {

    private static final int MAX_COUNT = 10_000;

    private final Map<String, Long> published = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_COUNT;
        }
    };

    private final Timer timer;

    private final Clock clock;

    DecisionLatency(MeterRegistry registry, Clock clock) {
        this.timer = Timer.builder("pregao.strategy.decided")
            .publishPercentiles(0.5, 0.99)
            .distributionStatisticExpiry(Duration.ofMinutes(10))
            .register(registry);
        this.clock = clock;
    }

    /** A candle was published, at a time in epoch milliseconds. */
    void published(Candle candle, long at) {
        this.published.put(name(candle), at);
    }

    /** All decisions on a minute are through. */
    void decided(Candle candle) {
        Long at = this.published.remove(name(candle));
        if (at != null) {
            this.timer.record(Duration.ofMillis(Math.max(0, this.clock.millis() - at)));
        }
    }

    private static String name(Candle candle) {
        return candle.instrument().key() + candle.openTime();
    }

}
