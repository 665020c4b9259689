package pregao.gateway.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the rate limiters by user and by IP address.
 */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

    @Bean
    RateLimiter userLimits(RateLimitProperties settings, RedisTokenBuckets redisBuckets, MeterRegistry meterRegistry) {
        return new RateLimiter("user", settings.toUserLimit(), settings.maxCallers(), redisBuckets, meterRegistry);
    }

    @Bean
    RateLimiter addressLimits(RateLimitProperties settings, RedisTokenBuckets redisBuckets,
            MeterRegistry meterRegistry) {
        return new RateLimiter("address", settings.toAddressLimit(), settings.maxCallers(), redisBuckets,
                meterRegistry);
    }

}
