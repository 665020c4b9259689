package pregao.pipeline.consumer;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import pregao.pipeline.offset.FencedException;
import pregao.pipeline.offset.SqlErrorClass;

/**
 * How the consumer reacts to a failure. Every exception has a kind.
 */
enum FailureKind {

    /** Temporary: the same records are retried with a backoff, without a limit. */
    TRANSIENT,

    /** The data is invalid and will fail again. */
    REFUSED,

    /**
     * Not foreseen. A record that fails this way several times when processed alone is
     * treated as refused.
     */
    UNEXPECTED;

    private static final List<Class<? extends Exception>> TRANSIENT_TYPES = List.of(FencedException.class,
            PublishException.class, KafkaException.class, UncheckedIOException.class);

    private static final List<Class<? extends Exception>> REFUSED_TYPES = List.of(IllegalArgumentException.class,
            ArithmeticException.class);

    /**
     * Classifies a failure.
     */
    static FailureKind of(Exception failure) {
        SQLException sqlException = findSqlException(failure);
        if (sqlException != null) {
            return (SqlErrorClass.of(sqlException) == SqlErrorClass.REFUSED) ? REFUSED : TRANSIENT;
        }
        if (isInstanceOfAny(failure, TRANSIENT_TYPES)) {
            return TRANSIENT;
        }
        return isInstanceOfAny(failure, REFUSED_TYPES) ? REFUSED : UNEXPECTED;
    }

    private static boolean isInstanceOfAny(Exception failure, List<Class<? extends Exception>> types) {
        return types.stream().anyMatch((type) -> type.isInstance(failure));
    }

    /**
     * Returns the driver's exception, which frameworks wrap in their own.
     */
    private static @Nullable SQLException findSqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException) {
                return sqlException;
            }
        }
        return null;
    }

}
