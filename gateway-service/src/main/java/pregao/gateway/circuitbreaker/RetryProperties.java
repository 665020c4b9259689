package pregao.gateway.circuitbreaker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the gateway sends a request without a body: GET and HEAD again after any lost
 * connection, PUT and DELETE only if no connection was opened.
 *
 * @param maxAttempts how often it is sent at most, the first time included
 * @param backoff the wait before the next attempt
 */
@ConfigurationProperties("pregao.gateway.retry")
record RetryProperties(@DefaultValue("2") int maxAttempts, @DefaultValue("50ms") Duration backoff) {

}
