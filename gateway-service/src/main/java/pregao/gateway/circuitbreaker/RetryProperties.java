package pregao.gateway.circuitbreaker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Retries of requests without a body: GET and HEAD after any lost connection, PUT and
 * DELETE only if no connection was opened.
 *
 * @param maxAttempts the maximum number of attempts, including the first
 * @param backoff the delay before the next attempt
 */
@ConfigurationProperties("pregao.gateway.retry")
record RetryProperties(@DefaultValue("2") int maxAttempts, @DefaultValue("50ms") Duration backoff) {

}
