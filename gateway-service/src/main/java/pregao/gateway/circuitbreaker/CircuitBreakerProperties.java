package pregao.gateway.circuitbreaker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a service counts as gone, and what is done until it is back.
 *
 * @param lookedAt how many of the last requests are looked at
 * @param failedPercent how many of them got no answer when it counts as gone
 * @param rest how long it is left alone then
 * @param attempts how often a request without a body is sent at most: GET and HEAD after
 * any lost connection, PUT and DELETE where none was opened
 * @param pause the wait between two of these
 */
@ConfigurationProperties("pregao.breaker")
record CircuitBreakerProperties(@DefaultValue("50") int lookedAt, @DefaultValue("50") int failedPercent,
        @DefaultValue("2s") Duration rest, @DefaultValue("2") int attempts, @DefaultValue("50ms") Duration pause) {

}
