package pregao.gateway.ratelimit;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link RateLimitProperties} and {@link RateLimit}.
 */
class RateLimitPropertiesTests {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of())).isEqualTo(new RateLimitProperties(Duration.ofSeconds(10), 10_000, 20_000, 50_000));
    }

    @Test
    void mapsEachValue() {
        assertThat(bound(Map.of("pregao.gateway.rate-limit.window", "1m", "pregao.gateway.rate-limit.per-user", "5",
                "pregao.gateway.rate-limit.per-ip", "6", "pregao.gateway.rate-limit.max-callers", "7")))
            .isEqualTo(new RateLimitProperties(Duration.ofMinutes(1), 5, 6, 7));
    }

    @Test
    void refusesARuleThatLetsNothingPass() {
        assertThatThrownBy(() -> new RateLimit(0, Duration.ofSeconds(1))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO)).hasMessageContaining("longer than none");
    }

    private static RateLimitProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.gateway.rate-limit",
                RateLimitProperties.class);
    }

}
