package pregao.pipeline.outbox;

import java.util.concurrent.TimeoutException;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells outages of the broker from failures that the record itself may have caused.
 */
public final class PublishErrorClassifier {

    /** How often a record may fail by itself before its row is set aside. */
    public static final int MAX_ATTEMPTS = 5;

    private static final int MAX_REASON_LENGTH = 1_000;

    private PublishErrorClassifier() {
    }

    /**
     * Returns true if the broker is unavailable, so that every other record would fail as
     * well.
     * @param failure the failure, which may wrap the exception of the client
     * @return false if the record itself may be the cause
     */
    public static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = causeOf(cause)) {
            if (cause instanceof RetriableException || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException || cause instanceof InterruptException
                    || cause instanceof TimeoutException || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return (cause != failure) ? cause : null;
    }

    /**
     * Describes a failure for the row.
     * @param failure the failure
     * @return the failure and its root cause, truncated
     */
    public static String describe(Throwable failure) {
        Throwable rootCause = failure;
        for (Throwable cause = causeOf(failure); cause != null; cause = causeOf(cause)) {
            rootCause = cause;
        }
        String description = (rootCause != failure) ? failure + ", caused by " + rootCause : failure.toString();
        return description.substring(0, Math.min(MAX_REASON_LENGTH, description.length()));
    }

}
