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

    private static final List<Class<? extends Exception>> TRANSIENTS = List.of(FencedException.class,
            PublishException.class, KafkaException.class, UncheckedIOException.class);

    private static final List<Class<? extends Exception>> REFUSALS = List.of(IllegalArgumentException.class,
            ArithmeticException.class);

    /**
     * The kind of a failure.
     */
    static FailureKind of(Exception failure) {
        SQLException database = database(failure);
        if (database != null) {
            return (SqlErrorClass.of(database) == SqlErrorClass.REFUSED) ? REFUSED : TRANSIENT;
        }
        if (isOneOf(failure, TRANSIENTS)) {
            return TRANSIENT;
        }
        return isOneOf(failure, REFUSALS) ? REFUSED : UNEXPECTED;
    }

    private static boolean isOneOf(Exception failure, List<Class<? extends Exception>> kinds) {
        return kinds.stream().anyMatch((kind) -> kind.isInstance(failure));
    }

    /**
     * The database's own words, which frameworks wrap in theirs.
     */
    private static @Nullable SQLException database(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

}
