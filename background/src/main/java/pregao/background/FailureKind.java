package pregao.background;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * The cause of a failure of a background thread.
 */
public enum FailureKind {

    /** The database is unavailable or rejects a statement. */
    DATABASE,
    /** Kafka is unavailable or rejects a record. */
    KAFKA,
    /** Another service is unavailable, or a connection failed. */
    NETWORK,
    /** No response arrived in time. */
    TIMEOUT,
    /** None of these, so probably a fault of this service. */
    UNEXPECTED;

    private static final int MAX_DEPTH = 10;

    /**
     * Classifies a failure by its type and the types of its causes.
     * @param failure the failure
     * @return the kind of the first cause with a known type
     */
    public static FailureKind of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            FailureKind kind = ofType(cause);
            if (kind != UNEXPECTED) {
                return kind;
            }
            cause = cause.getCause();
        }
        return UNEXPECTED;
    }

    private static FailureKind ofType(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return TIMEOUT;
        }
        // The module depends on no driver, so it knows their exceptions by name.
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            String name = type.getName();
            if (name.startsWith("org.apache.kafka.")) {
                return KAFKA;
            }
            if (name.startsWith("java.sql.") || name.startsWith("io.r2dbc.")
                    || name.startsWith("org.springframework.dao.")
                    || name.startsWith("org.springframework.transaction.")) {
                return DATABASE;
            }
        }
        if (failure instanceof IOException) {
            return NETWORK;
        }
        String message = failure.getMessage();
        return (failure instanceof IllegalStateException && message != null
                && message.startsWith("Timeout on blocking read")) ? TIMEOUT : UNEXPECTED;
    }

}
