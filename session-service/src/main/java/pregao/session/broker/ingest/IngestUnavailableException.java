package pregao.session.broker.ingest;

import java.time.Duration;

/**
 * Ingest did not take it now; it may later.
 */
@SuppressWarnings("serial")
public final class IngestUnavailableException extends RuntimeException {

    private final Duration retryAfter;

    IngestUnavailableException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /**
     * How long it wants to be left alone.
     * @return zero where it did not say
     */
    public Duration retryAfter() {
        return this.retryAfter;
    }

}
