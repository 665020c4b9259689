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
 * Gauges of the data quality of each live feed, as of the last scan.
 */
@Component
class DataQualityMetrics {

    /**
     * Users create feeds. More feeds than this are a mistake that must not overload the
     * metrics.
     */
    private static final int MAX_FEEDS = 100;

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

    void update(Collection<SeriesGaps> results) {
        update(this.freshness, results, SeriesGaps::behindSeconds, LongSummaryStatistics::getMin);
        update(this.gaps, results, (result) -> result.coverage().gaps().size(), LongSummaryStatistics::getSum);
    }

    private static void update(MultiGauge gauge, Collection<SeriesGaps> results, ToLongFunction<SeriesGaps> value,
            ToLongFunction<LongSummaryStatistics> aggregation) {
        Map<String, LongSummaryStatistics> statisticsByFeed = results.stream()
            .collect(Collectors.groupingBy((result) -> result.series().instrument().feed(), TreeMap::new,
                    Collectors.summarizingLong(value)));
        gauge.register(statisticsByFeed.entrySet()
            .stream()
            .limit(MAX_FEEDS)
            .map((entry) -> MultiGauge.Row.of(Tags.of("feed", entry.getKey()),
                    aggregation.applyAsLong(entry.getValue())))
            .collect(Collectors.<MultiGauge.Row<?>>toList()), true);
    }

}
