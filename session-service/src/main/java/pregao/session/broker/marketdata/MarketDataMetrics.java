package pregao.session.broker.marketdata;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.session.broker.ingest.IngestResult;

/**
 * What is counted of a feed.
 */
final class MarketDataMetrics {

    private static final Logger log = LoggerFactory.getLogger(MarketDataMetrics.class);

    private static final String POSTS = "pregao.price.candles";

    private final MeterRegistry registry;

    private final String feed;

    private volatile long seenAt = System.nanoTime();

    private volatile int streams;

    MarketDataMetrics(MeterRegistry registry, String feed) {
        this.registry = registry;
        this.feed = feed;
        Gauge.builder("pregao.price.streams", this, (meters) -> meters.streams).tag("feed", feed).register(registry);
        Gauge.builder("pregao.price.freshness", this, MarketDataMetrics::age)
            .description("since the last price, while this replica streams the feed")
            .baseUnit("seconds")
            .tag("feed", feed)
            .register(registry);
    }

    private double age() {
        return (this.streams == 0) ? Double.NaN
                : (System.nanoTime() - this.seenAt) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    void seen() {
        this.seenAt = System.nanoTime();
    }

    void streams(int count) {
        this.streams = count;
    }

    void posted(IngestResult posted) {
        count("taken", posted.taken());
        count("refused", posted.refused());
        if (posted.refused() > 0) {
            log.warn("ingest does not want {} candles of {}: {}", posted.refused(), this.feed, posted.reason());
        }
    }

    void failed(Throwable failure) {
        this.registry.counter("pregao.price.failures", "feed", this.feed, "cause", failure.getClass().getSimpleName())
            .increment();
    }

    private void count(String outcome, long candles) {
        this.registry.counter(POSTS, "feed", this.feed, "outcome", outcome).increment((double) candles);
    }

}
