package pregao.background;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * What a failure of a background thread says about its cause.
 */
public enum FailureKind {

    /** The database is away or refuses a statement. */
    DATABASE,
    /** Kafka is away or refuses a record. */
    KAFKA,
    /** Another service or a connection is away. */
    NETWORK,
    /** Something did not answer in time. */
    TIMEOUT,
    /** None of these, so probably a fault in this service. */
    UNEXPECTED;

    private static final int MAX_DEPTH = 10;

    /**
     * Classifies a failure by its type and those of its causes.
     * @param failure what was thrown
     * @return the kind of the first cause that is known
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
        // This module depends on no driver, so their exceptions are known by name.
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
