package pregao.gateway.key;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the one set of known keys, and tells whether it is complete.
 */
@Configuration(proxyBeanMethods = false)
class Keys {

    @Bean
    KnownKeys knownKeys() {
        return new KnownKeys();
    }

    @Bean
    HealthIndicator apiKeysHealthIndicator(KnownKeys keys) {
        return () -> (keys.complete() ? Health.up() : Health.down().withDetail("missing", "API keys")).build();
    }

}
