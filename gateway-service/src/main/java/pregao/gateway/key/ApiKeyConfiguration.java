package pregao.gateway.key;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the API key registry and of its health indicator, which is up if the
 * keys are complete and current.
 */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

    @Bean
    ApiKeyRegistry knownKeys() {
        return new ApiKeyRegistry();
    }

    @Bean
    HealthIndicator apiKeysHealthIndicator(ApiKeyRegistry registry, ObjectProvider<ApiKeyTopicListener> listeners) {
        return () -> {
            if (!registry.isComplete()) {
                return Health.down().withDetail("missing", "API keys").build();
            }
            return (listeners.stream().allMatch(ApiKeyTopicListener::isCurrent) ? Health.up()
                    : Health.down().withDetail("stale", "API keys"))
                .build();
        };
    }

}
