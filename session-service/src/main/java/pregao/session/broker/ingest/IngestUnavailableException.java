package pregao.session.broker.ingest;

import java.time.Duration;

/**
 * A request that ingest did not accept now, but may accept later.
 */
@SuppressWarnings("serial")
public final class IngestUnavailableException extends RuntimeException {

    private final Duration retryAfter;

    IngestUnavailableException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the delay that ingest requests before a retry.
     * @return the delay, or zero if ingest requested none
     */
    public Duration retryAfter() {
        return this.retryAfter;
    }

}
