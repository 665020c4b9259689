package pregao.session.broker.marketdata;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.session.broker.ingest.IngestResult;

/**
 * Metrics of a feed.
 */
final class MarketDataMetrics {

    private static final Logger log = LoggerFactory.getLogger(MarketDataMetrics.class);

    private static final String CANDLES_METRIC = "pregao.price.candles";

    private final MeterRegistry registry;

    private final String feed;

    private volatile long lastPriceNanos = System.nanoTime();

    private volatile int streamCount;

    MarketDataMetrics(MeterRegistry registry, String feed) {
        this.registry = registry;
        this.feed = feed;
        Gauge.builder("pregao.price.streams", this, (meters) -> meters.streamCount)
            .tag("feed", feed)
            .register(registry);
        Gauge.builder("pregao.price.freshness", this, MarketDataMetrics::computeAgeSeconds)
            .description("since the last price, while this replica streams the feed")
            .baseUnit("seconds")
            .tag("feed", feed)
            .register(registry);
    }

    private double computeAgeSeconds() {
        return (this.streamCount == 0) ? Double.NaN
                : (System.nanoTime() - this.lastPriceNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    void recordPrice() {
        this.lastPriceNanos = System.nanoTime();
    }

    void setStreamCount(int count) {
        this.streamCount = count;
    }

    void recordResult(IngestResult result) {
        recordCandles("taken", result.taken());
        recordCandles("refused", result.refused());
        if (result.refused() > 0) {
            log.warn("ingest does not want {} candles of {}: {}", result.refused(), this.feed, result.reason());
        }
    }

    void recordFailure(Throwable failure) {
        this.registry.counter("pregao.price.failures", "feed", this.feed, "cause", failure.getClass().getSimpleName())
            .increment();
    }

    private void recordCandles(String outcome, long candles) {
        this.registry.counter(CANDLES_METRIC, "feed", this.feed, "outcome", outcome).increment((double) candles);
    }

}
