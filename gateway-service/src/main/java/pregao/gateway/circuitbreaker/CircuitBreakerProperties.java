package pregao.gateway.circuitbreaker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the circuit breaker of a service opens, and for how long.
 *
 * @param slidingWindowSize how many of the latest requests count
 * @param failureRateThreshold the percentage of them without a response that opens it
 * @param waitDurationInOpenState how long it stays open before it tries a request
 */
@ConfigurationProperties("pregao.gateway.circuit-breaker")
record CircuitBreakerProperties(@DefaultValue("50") int slidingWindowSize, @DefaultValue("50") int failureRateThreshold,
        @DefaultValue("2s") Duration waitDurationInOpenState) {

}
