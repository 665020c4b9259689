package pregao.ingest.candle;

import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The circuit breaker of publishing, and its state as metrics. While it is open, requests
 * hand their rows to the thread of the outbox without waiting for Kafka.
 */
@Configuration(proxyBeanMethods = false)
class PublishCircuitBreaker {

    /** The name of the circuit breaker and of its configuration. */
    static final String PUBLISHING = "publishing";

    private static final int WINDOW = 4;

    private static final Duration OPEN = Duration.ofSeconds(1);

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return registry();
    }

    @Bean
    MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry circuits) {
        return (registry) -> TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuits).bindTo(registry);
    }

    /** The first failure opens it, later on two of four. */
    static CircuitBreakerRegistry registry() {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
        registry.circuitBreaker(PUBLISHING,
                CircuitBreakerConfig.custom()
                    .slidingWindowSize(WINDOW)
                    .minimumNumberOfCalls(1)
                    .waitDurationInOpenState(OPEN)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build(),
                Map.of());
        return registry;
    }

}
