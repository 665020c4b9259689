package pregao.gateway.rate;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link RateSettings} and {@link Rule}.
 */
class RateSettingsTests {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of())).isEqualTo(new RateSettings(Duration.ofSeconds(10), 10_000, 20_000, 50_000));
    }

    @Test
    void mapsEachValue() {
        assertThat(bound(Map.of("pregao.rate.window", "1m", "pregao.rate.user", "5", "pregao.rate.address", "6",
                "pregao.rate.callers", "7")))
            .isEqualTo(new RateSettings(Duration.ofMinutes(1), 5, 6, 7));
    }

    @Test
    void refusesARuleThatLetsNothingPass() {
        assertThatThrownBy(() -> new Rule(0, Duration.ofSeconds(1))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Rule(1, Duration.ZERO)).hasMessageContaining("longer than none");
    }

    private static RateSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.rate",
                RateSettings.class);
    }

}
