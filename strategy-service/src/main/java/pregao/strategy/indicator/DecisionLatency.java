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

    private static final int MAX_PENDING = 10_000;

    private final Map<String, Long> publishedAt = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_PENDING;
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
    void recordPublished(Candle candle, long publishedMillis) {
        this.publishedAt.put(key(candle), publishedMillis);
    }

    /** All decisions on a minute are through. */
    void recordDecided(Candle candle) {
        Long publishedMillis = this.publishedAt.remove(key(candle));
        if (publishedMillis != null) {
            this.timer.record(Duration.ofMillis(Math.max(0, this.clock.millis() - publishedMillis)));
        }
    }

    private static String key(Candle candle) {
        return candle.instrument().key() + candle.openTime();
    }

}
