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

    private static final Duration FIRST = Duration.ofMillis(250);

    private static final Duration MAX_DURATION = Duration.ofSeconds(2);

    private static final int TIMES = 6;

    private StartupRetry() {
    }

    /**
     * Asks again where there was no connection.
     * @return what to hand to {@code retryWhen}
     */
    public static Retry patience() {
        return Retry.backoff(TIMES, FIRST)
            .maxBackoff(MAX_DURATION)
            .filter((failure) -> failure instanceof DataAccessResourceFailureException
                    || failure instanceof CannotCreateTransactionException);
    }

}
