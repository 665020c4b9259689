package pregao.session.broker.ingest;

import java.time.Duration;
import java.util.function.Predicate;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Retry specifications for transient failures: exponential backoff with jitter, and not
 * before the delay that ingest requests.
 */
public final class RetrySpecs {

    private static final Duration MIN_BACKOFF = Duration.ofMillis(200);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    private RetrySpecs() {
    }

    /**
     * Returns a specification without a limit of retries.
     * @param isRetryable whether a failure may be retried
     * @return the specification for {@code retryWhen}
     */
    public static RetryBackoffSpec unlimited(Predicate<Throwable> isRetryable) {
        return limited(Long.MAX_VALUE, isRetryable);
    }

    /**
     * Returns a specification with a limit of retries.
     * @param maxRetries the maximum number of consecutive retries
     * @param isRetryable whether a failure may be retried
     * @return the specification for {@code retryWhen}, which passes on the last failure
     * unchanged
     */
    public static RetryBackoffSpec limited(long maxRetries, Predicate<Throwable> isRetryable) {
        return Retry.backoff(maxRetries, MIN_BACKOFF)
            .maxBackoff(MAX_BACKOFF)
            .transientErrors(true)
            .filter(isRetryable)
            .doBeforeRetryAsync((signal) -> (signal.failure() instanceof IngestUnavailableException unavailable)
                    ? Mono.delay(unavailable.retryAfter()).then() : Mono.empty())
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

}
