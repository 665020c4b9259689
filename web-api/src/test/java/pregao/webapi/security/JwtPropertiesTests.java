package pregao.webapi.security;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JwtProperties}.
 */
class JwtPropertiesTests {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of()))
            .isEqualTo(new JwtProperties(URI.create("http://127.0.0.1:8080/.well-known/jwks.json"),
                    Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    @Test
    void mapsEachValue() {
        assertThat(bound(Map.of("pregao.jwks-url", "https://gate.example/keys", "pregao.jwks-timeout", "3s",
                "pregao.clock-skew", "1s")))
            .isEqualTo(new JwtProperties(URI.create("https://gate.example/keys"), Duration.ofSeconds(3),
                    Duration.ofSeconds(1)));
    }

    private static JwtProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao", JwtProperties.class);
    }

}
