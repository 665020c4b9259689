package pregao.indicators.backfill;

import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.springframework.stereotype.Component;

/**
 * How good the data of each live feed is, as of the last look.
 */
@Component
class DataQualityMetrics {

    /** Feeds are made by people; this many are a mistake, which metrics must survive. */
    private static final int MOST_FEEDS = 100;

    private final MultiGauge freshness;

    private final MultiGauge gaps;

    DataQualityMetrics(MeterRegistry registry) {
        this.freshness = MultiGauge.builder("pregao.freshness")
            .description("open market since the end of the feed's newest candle")
            .baseUnit("seconds")
            .register(registry);
        this.gaps = MultiGauge.builder("pregao.gaps")
            .description("gaps in the M1 candles of a feed")
            .register(registry);
    }

    void show(Collection<SeriesGaps> findings) {
        show(this.freshness, findings, SeriesGaps::behindSeconds, LongSummaryStatistics::getMin);
        show(this.gaps, findings, (finding) -> finding.coverage().gaps().size(), LongSummaryStatistics::getSum);
    }

    private static void show(MultiGauge gauge, Collection<SeriesGaps> findings, ToLongFunction<SeriesGaps> value,
            ToLongFunction<LongSummaryStatistics> together) {
        Map<String, LongSummaryStatistics> feeds = findings.stream()
            .collect(Collectors.groupingBy((finding) -> finding.series().instrument().feed(), TreeMap::new,
                    Collectors.summarizingLong(value)));
        gauge.register(feeds.entrySet()
            .stream()
            .limit(MOST_FEEDS)
            .map((feed) -> MultiGauge.Row.of(Tags.of("feed", feed.getKey()), together.applyAsLong(feed.getValue())))
            .collect(Collectors.<MultiGauge.Row<?>>toList()), true);
    }

}
