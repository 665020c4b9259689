package pregao.session.broker.ingest;

import java.time.Duration;
import java.util.function.Predicate;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * How what failed for the moment is tried again: later each time, with jitter, and not
 * before ingest wants it.
 */
public final class RetrySpecs {

    private static final Duration MIN_BACKOFF = Duration.ofMillis(200);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    private RetrySpecs() {
    }

    /**
     * Tries for ever.
     * @param isRetryable whether a failure may pass
     * @return for {@code retryWhen}
     */
    public static RetryBackoffSpec unlimited(Predicate<Throwable> isRetryable) {
        return limited(Long.MAX_VALUE, isRetryable);
    }

    /**
     * Tries so often.
     * @param maxRetries how often again
     * @param isRetryable whether a failure may pass
     * @return for {@code retryWhen}; the last failure is told as it was
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
