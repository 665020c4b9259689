package pregao.gateway.route;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamProperties}.
 */
class UpstreamPropertiesTests {

    @Test
    void hasDefaults() {
        assertThat(bound(new MapConfigurationPropertySource(Map.of()))).isEqualTo(upstreams("http://127.0.0.1:8082",
                "http://127.0.0.1:8083", "http://127.0.0.1:8084", "http://127.0.0.1:8081"));
    }

    @Test
    void mapsEachValueOfTheEnvironment() {
        Map<String, Object> environment = Map.of("PREGAO_INGEST_URL", "http://ingest:1", "PREGAO_AGGREGATOR_URL",
                "http://aggregator:2", "PREGAO_INDICATORS_URL", "http://indicators:3", "PREGAO_SESSION_URL",
                "http://session:4");
        assertThat(bound(Objects.requireNonNull(ConfigurationPropertySource
            .from(new SystemEnvironmentPropertySource("systemEnvironment", environment)))))
            .isEqualTo(upstreams("http://ingest:1", "http://aggregator:2", "http://indicators:3", "http://session:4"));
    }

    private static UpstreamProperties upstreams(String ingest, String aggregator, String indicators, String session) {
        return new UpstreamProperties(URI.create(ingest), URI.create(aggregator), URI.create(indicators),
                URI.create("http://127.0.0.1:8085"), URI.create(session));
    }

    private static UpstreamProperties bound(ConfigurationPropertySource source) {
        return new Binder(source).bindOrCreate("pregao", UpstreamProperties.class);
    }

}
