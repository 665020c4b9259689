package pregao.strategy.indicator;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.contracts.candle.Candle;

/**
 * Measures the time from the publication of a final candle until the decisions of all
 * bots on it are committed and their orders are on the way. Not thread-safe: only the
 * consumer thread uses it.
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

    /** Records when a candle was published, in epoch milliseconds. */
    void markPublished(Candle candle, long publishedMillis) {
        this.publishedAt.put(key(candle), publishedMillis);
    }

    /** Records that all decisions on a candle are committed. */
    void markDecided(Candle candle) {
        Long publishedMillis = this.publishedAt.remove(key(candle));
        if (publishedMillis != null) {
            this.timer.record(Duration.ofMillis(Math.max(0, this.clock.millis() - publishedMillis)));
        }
    }

    private static String key(Candle candle) {
        return candle.instrument().key() + candle.openTime();
    }

}
