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
 * Configuration of the circuit breaker for publishing, and its metrics. While it is open,
 * requests hand their rows over to {@link OutboxRelay} without waiting for Kafka.
 */
@Configuration(proxyBeanMethods = false)
class PublishCircuitBreaker {

    /** The name of the circuit breaker and of its configuration. */
    static final String NAME = "publishing";

    private static final int SLIDING_WINDOW_SIZE = 4;

    private static final Duration OPEN_DURATION = Duration.ofSeconds(1);

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return createRegistry();
    }

    @Bean
    MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry circuitBreakerRegistry) {
        return (meterRegistry) -> TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuitBreakerRegistry)
            .bindTo(meterRegistry);
    }

    /**
     * Creates the registry. The first failure opens the circuit breaker, later two
     * failures of four calls.
     */
    static CircuitBreakerRegistry createRegistry() {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
        registry.circuitBreaker(NAME,
                CircuitBreakerConfig.custom()
                    .slidingWindowSize(SLIDING_WINDOW_SIZE)
                    .minimumNumberOfCalls(1)
                    .waitDurationInOpenState(OPEN_DURATION)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build(),
                Map.of());
        return registry;
    }

}
