package pregao.aggregator.pipeline;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import pregao.aggregator.AggregatorProperties;
import pregao.pipeline.consumer.TopicProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for the settings of the pipeline.
 */
class SettingsTests {

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    @Test
    void hasDefaults() {
        assertThat(bind("pregao.aggregator", AggregatorProperties.class, Map.of())).isEqualTo(
                new AggregatorProperties("", Duration.ofMillis(50), 10_000, 524_288, 400_000, Duration.ofMillis(100)));
        assertThat(bind("pregao", TopicProperties.class, Map.of())).isEqualTo(new TopicProperties(4, 1));
    }

    @Test
    void readsEveryValue() {
        assertThat(bind("pregao.aggregator", AggregatorProperties.class,
                Map.of("pregao.aggregator.instance", "a-0", "pregao.aggregator.poll", "20ms",
                        "pregao.aggregator.records", "7", "pregao.aggregator.fetch-bytes", "8",
                        "pregao.aggregator.tick-cache-size", "9", "pregao.aggregator.forming-interval", "1s")))
            .isEqualTo(new AggregatorProperties("a-0", Duration.ofMillis(20), 7, 8, 9, Duration.ofSeconds(1)));
        assertThat(bind("pregao", TopicProperties.class, Map.of("pregao.partitions", "12", "pregao.replication", "3")))
            .isEqualTo(new TopicProperties(12, 3));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> new TopicProperties(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AggregatorProperties("", Duration.ofMinutes(1), 1, 1, 1, Duration.ZERO)
            .toConsumerProperties()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                () -> new AggregatorProperties("", Duration.ZERO, 0, 1, 1, Duration.ZERO).toConsumerProperties())
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AggregatorProperties("", Duration.ZERO, 1, 1, -1, Duration.ZERO))
            .isInstanceOf(IllegalArgumentException.class);
    }

}
