package pregao.aggregator.loop;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import pregao.aggregator.AggregatorSettings;
import pregao.loop.TopicSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for the settings of the loop.
 */
class SettingsTests {

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    @Test
    void hasDefaults() {
        assertThat(bind("pregao.aggregator", AggregatorSettings.class, Map.of())).isEqualTo(
                new AggregatorSettings("", Duration.ofMillis(50), 10_000, 524_288, 400_000, Duration.ofMillis(100)));
        assertThat(bind("pregao", TopicSettings.class, Map.of())).isEqualTo(new TopicSettings(4, 1));
    }

    @Test
    void readsEveryValue() {
        assertThat(bind("pregao.aggregator", AggregatorSettings.class,
                Map.of("pregao.aggregator.instance", "a-0", "pregao.aggregator.poll", "20ms",
                        "pregao.aggregator.records", "7", "pregao.aggregator.fetch-bytes", "8",
                        "pregao.aggregator.memory-ticks", "9", "pregao.aggregator.forming-every", "1s")))
            .isEqualTo(new AggregatorSettings("a-0", Duration.ofMillis(20), 7, 8, 9, Duration.ofSeconds(1)));
        assertThat(bind("pregao", TopicSettings.class, Map.of("pregao.partitions", "12", "pregao.replication", "3")))
            .isEqualTo(new TopicSettings(12, 3));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> new TopicSettings(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AggregatorSettings("", Duration.ofMinutes(1), 1, 1, 1, Duration.ZERO).loop())
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AggregatorSettings("", Duration.ZERO, 0, 1, 1, Duration.ZERO).loop())
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AggregatorSettings("", Duration.ZERO, 1, 1, -1, Duration.ZERO))
            .isInstanceOf(IllegalArgumentException.class);
    }

}
