package pregao.pipeline.outbox;

import java.util.concurrent.TimeoutException;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Which failures of publishing are the record's own.
 */
public final class PublishErrorClassifier {

    /** How often a record may fail on its own before its row is set aside. */
    public static final int MAX_ATTEMPTS = 5;

    private static final int MAX_REASON_LENGTH = 1_000;

    private PublishErrorClassifier() {
    }

    /**
     * Whether the broker is away, so that every other record would fail as well.
     * @param failure what was thrown, maybe around the client's exception
     * @return false where the record itself may be the reason
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
     * The reason to keep beside a row.
     * @param failure what was thrown
     * @return it and its first cause, shortened
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
