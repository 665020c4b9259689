package pregao.pipeline.consumer;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import pregao.pipeline.offset.FencedException;
import pregao.pipeline.offset.SqlErrorClass;

/**
 * What kind a failure of a step is. Every exception has one.
 */
enum FailureKind {

    /** Passes: the same records are tried again, with a back-off and for ever. */
    TRANSIENT,

    /** The data is refused and will be refused again. */
    REFUSED,

    /**
     * Nobody foresaw it. A record that fails this way several times, on its own, is
     * treated as refused.
     */
    UNEXPECTED;

    private static final List<Class<? extends Exception>> TRANSIENT_TYPES = List.of(FencedException.class,
            PublishException.class, KafkaException.class, UncheckedIOException.class);

    private static final List<Class<? extends Exception>> REFUSED_TYPES = List.of(IllegalArgumentException.class,
            ArithmeticException.class);

    /**
     * The kind of a failure.
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
     * The database's own words, which frameworks wrap in theirs.
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
