package pregao.gateway.rate;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the two limits.
 */
@Configuration(proxyBeanMethods = false)
class RateLimits {

    @Bean
    Limits userLimits(RateSettings settings, SharedBuckets shared, MeterRegistry metrics) {
        return new Limits("user", settings.ofUser(), settings.callers(), shared, metrics);
    }

    @Bean
    Limits addressLimits(RateSettings settings, SharedBuckets shared, MeterRegistry metrics) {
        return new Limits("address", settings.ofAddress(), settings.callers(), shared, metrics);
    }

}
