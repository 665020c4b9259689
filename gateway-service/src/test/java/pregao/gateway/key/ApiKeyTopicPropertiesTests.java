package pregao.gateway.key;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ApiKeyTopicProperties}.
 */
class ApiKeyTopicPropertiesTests {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of()))
            .isEqualTo(new ApiKeyTopicProperties(Duration.ofMillis(200), Duration.ofMillis(500)));
    }

    @Test
    void mapsEachValue() {
        assertThat(bound(Map.of("pregao.key-topic.poll", "1s", "pregao.key-topic.back-off", "2s")))
            .isEqualTo(new ApiKeyTopicProperties(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    private static ApiKeyTopicProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.key-topic",
                ApiKeyTopicProperties.class);
    }

}
