package pregao.gateway.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the two limits.
 */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

    @Bean
    RateLimiter userLimits(RateLimitProperties settings, RedisTokenBuckets shared, MeterRegistry metrics) {
        return new RateLimiter("user", settings.ofUser(), settings.maxCallers(), shared, metrics);
    }

    @Bean
    RateLimiter addressLimits(RateLimitProperties settings, RedisTokenBuckets shared, MeterRegistry metrics) {
        return new RateLimiter("address", settings.ofAddress(), settings.maxCallers(), shared, metrics);
    }

}
