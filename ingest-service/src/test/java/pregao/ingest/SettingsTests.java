package pregao.ingest;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.backpressure.InFlightProperties;
import pregao.ingest.feed.FeedProperties;
import pregao.ingest.instrument.InstrumentProperties;
import pregao.ingest.key.ApiKeyProperties;
import pregao.pipeline.consumer.TopicProperties;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTests {

    private static final String HASH = ApiKey.hash("a");

    @Test
    void haveDefaults() {
        InFlightProperties limits = bound("pregao.ingest.limit", InFlightProperties.class, Map.of());
        assertThat(limits).isEqualTo(new InFlightProperties(256, null, 5000, DataSize.ofMegabytes(4), 10_000,
                DataSize.ofMegabytes(8), Duration.ofSeconds(10), DataSize.ofKilobytes(16)));
        assertThat(limits.maxBytes()).as("an eighth of the heap, and two of the largest bodies at least")
            .isEqualTo(Math.max(Runtime.getRuntime().maxMemory() / 8, 16L << 20));
        assertThat(bound("pregao.ingest.instruments", InstrumentProperties.class, Map.of()).perFeed()).isEqualTo(5000);
        assertThat(bound("pregao", TopicProperties.class, Map.of())).isEqualTo(new TopicProperties(4, 1));
        assertThat(bound("pregao", ApiKeyProperties.class, Map.of()).keys()).isEmpty();
        assertThat(bound("pregao", FeedProperties.class, Map.of()).feeds()).isEmpty();
        FeedProperties named = bound("pregao", FeedProperties.class, Map.of("pregao.feeds[0].name", "mt5"));
        assertThat(named.feeds().getFirst().toFeed()).isEqualTo(Feed.named("mt5"));
    }

    @Test
    void areMapped() {
        assertThat(bound("pregao", TopicProperties.class, Map.of("pregao.partitions", "12", "pregao.replication", "3")))
            .isEqualTo(new TopicProperties(12, 3));
        assertThat(bound("pregao", ApiKeyProperties.class,
                Map.of("pregao.keys[0].hash", HASH, "pregao.keys[0].owner", "o", "pregao.keys[0].feed", "f",
                        "pregao.keys[0].scopes", "ingest,trade", "pregao.keys[0].revoked", "true"))
            .keys()
            .getFirst()
            .toApiKey()).isEqualTo(new ApiKey(HASH, "o", "f", Set.of(Scope.INGEST, Scope.TRADE), true));
        assertThat(bound("pregao", FeedProperties.class,
                Map.of("pregao.feeds[0].name", "x", "pregao.feeds[0].price-basis", "bid", "pregao.feeds[0].clock",
                        "UTC+03:00", "pregao.feeds[0].close-after", "2s", "pregao.feeds[0].calendar", "fx",
                        "pregao.feeds[0].day-zone", "Europe/Athens", "pregao.feeds[0].event-time", "true"))
            .feeds()
            .getFirst()
            .toFeed())
            .isEqualTo(new Feed("x", PriceBasis.BID, FeedClock.parse("UTC+03:00"), FeedClock.parse("Europe/Athens"),
                    Duration.ofSeconds(2), TradingCalendar.FX, true));
        assertThat(bound("pregao.ingest.limit", InFlightProperties.class, Map.of("pregao.ingest.limit.requests", "2"))
            .requests()).isEqualTo(2);
        assertThat(bound("pregao.ingest.limit", InFlightProperties.class, Map.of("pregao.ingest.limit.bytes", "20MB"))
            .maxBytes()).isEqualTo(20L << 20);
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

}
