package pregao.session.health;

import java.time.Duration;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.util.retry.Retry;

/**
 * Retry policy for database access during startup, when the first connections may be
 * slow, for example on a machine that starts all services at once.
 */
public final class StartupRetry {

    private static final Duration MIN_BACKOFF = Duration.ofMillis(250);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    private static final int MAX_ATTEMPTS = 6;

    private StartupRetry() {
    }

    /**
     * Creates a retry with exponential backoff that applies only to failed connections.
     * @return the argument for {@code retryWhen}
     */
    public static Retry onConnectionFailure() {
        return Retry.backoff(MAX_ATTEMPTS, MIN_BACKOFF)
            .maxBackoff(MAX_BACKOFF)
            .filter((failure) -> failure instanceof DataAccessResourceFailureException
                    || failure instanceof CannotCreateTransactionException);
    }

}
