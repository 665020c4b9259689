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

    private static final Duration FIRST = Duration.ofMillis(200);

    private static final Duration MAX_DURATION = Duration.ofSeconds(10);

    private RetrySpecs() {
    }

    /**
     * Tries for ever.
     * @param isForNow whether a failure may pass
     * @return for {@code retryWhen}
     */
    public static RetryBackoffSpec forEver(Predicate<Throwable> isForNow) {
        return times(Long.MAX_VALUE, isForNow);
    }

    /**
     * Tries so often.
     * @param times how often again
     * @param isForNow whether a failure may pass
     * @return for {@code retryWhen}; the last failure is told as it was
     */
    public static RetryBackoffSpec times(long times, Predicate<Throwable> isForNow) {
        return Retry.backoff(times, FIRST)
            .maxBackoff(MAX_DURATION)
            .transientErrors(true)
            .filter(isForNow)
            .doBeforeRetryAsync((signal) -> (signal.failure() instanceof IngestUnavailableException away)
                    ? Mono.delay(away.retryAfter()).then() : Mono.empty())
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

}
