package pregao.session.health;

import java.time.Duration;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.util.retry.Retry;

/**
 * How a start bears a database whose first connections take long, as on a machine that
 * starts everything at once.
 */
public final class StartupRetry {

    private static final Duration MIN_BACKOFF = Duration.ofMillis(250);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    private static final int MAX_ATTEMPTS = 6;

    private StartupRetry() {
    }

    /**
     * Asks again where there was no connection.
     * @return what to hand to {@code retryWhen}
     */
    public static Retry onConnectionFailure() {
        return Retry.backoff(MAX_ATTEMPTS, MIN_BACKOFF)
            .maxBackoff(MAX_BACKOFF)
            .filter((failure) -> failure instanceof DataAccessResourceFailureException
                    || failure instanceof CannotCreateTransactionException);
    }

}
