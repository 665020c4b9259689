package pregao.indicators.backfill;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BackfillProperties}.
 */
class BackfillPropertiesTests {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of())).isEqualTo(new BackfillProperties(Duration.ofMinutes(5), Duration.ofDays(7),
                Duration.ofMinutes(5), Duration.ofHours(6)));
    }

    @Test
    void mapsEachValue() {
        assertThat(bound(Map.of("pregao.backfill.interval", "1m", "pregao.backfill.lookback", "2d",
                "pregao.backfill.min-gap", "3m", "pregao.backfill.repeat-after", "4h")))
            .isEqualTo(new BackfillProperties(Duration.ofMinutes(1), Duration.ofDays(2), Duration.ofMinutes(3),
                    Duration.ofHours(4)));
    }

    @ParameterizedTest
    @CsvSource({ "interval, 0s", "lookback, 0d", "lookback, 367d", "min-gap, -1s", "repeat-after, 0h" })
    void refusesWhatMakesNoSense(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("pregao.backfill." + name, value))).isInstanceOf(BindException.class)
            .rootCause()
            .hasMessageContaining("pregao.backfill");
    }

    private static BackfillProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.backfill",
                BackfillProperties.class);
    }

}
