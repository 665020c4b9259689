package pregao.strategy.redis;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisCachePropertiesTests {

    private static RedisCacheProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.redis",
                RedisCacheProperties.class);
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new RedisCacheProperties("", Duration.ofMillis(200), Duration.ofSeconds(5),
                Duration.ofMinutes(15), 32 << 20));
    }

    @Test
    void areReadAndKeepThePasswordToThemselves() {
        RedisCacheProperties settings = bind(Map.of("pregao.redis.url", "redis://:secret@r:1",
                "pregao.redis.command-timeout", "1s", "pregao.redis.wait-duration-in-open-state", "2s",
                "pregao.redis.cache-ttl", "3s", "pregao.redis.cache-max-size", "4"));
        assertThat(settings).isEqualTo(new RedisCacheProperties("redis://:secret@r:1", Duration.ofSeconds(1),
                Duration.ofSeconds(2), Duration.ofSeconds(3), 4));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void areRefusedWhereTheyMakeNoSense() {
        assertThatExceptionOfType(BindException.class)
            .isThrownBy(() -> bind(Map.of("pregao.redis.command-timeout", "0s")));
    }

}
