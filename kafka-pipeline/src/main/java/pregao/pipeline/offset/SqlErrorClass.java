package pregao.pipeline.offset;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a transaction can react to a database error.
 */
public enum SqlErrorClass {

    /** The transaction succeeds if it is retried as it is. */
    COLLISION,
    /** The data is invalid and will fail again. */
    REFUSED,
    /**
     * Anything else: the connection, the server, another owner, or a fault of this
     * service.
     */
    OUTAGE;

    /**
     * A row that should be new exists: another owner writes, so the state in memory is
     * wrong and not the data.
     */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Set<String> COLLISION_STATES = Set.of("40001", "40P01", "55P03");

    /**
     * Classifies an exception by its SQLSTATE.
     * @param exception the exception of the driver
     * @return the class
     */
    public static SqlErrorClass of(SQLException exception) {
        String sqlState = findSqlState(exception);
        if (sqlState == null) {
            return OUTAGE;
        }
        if (COLLISION_STATES.contains(sqlState)) {
            return COLLISION;
        }
        if (UNIQUE_VIOLATION.equals(sqlState)) {
            return OUTAGE;
        }
        return (sqlState.startsWith("22") || sqlState.startsWith("23")) ? REFUSED : OUTAGE;
    }

    private static @Nullable String findSqlState(SQLException exception) {
        SQLException nextException = exception.getNextException();
        String sqlState = exception.getSQLState();
        return (sqlState == null && nextException != null) ? nextException.getSQLState() : sqlState;
    }

}
