package pregao.pipeline.offset;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What kind of failure a database's refusal is.
 */
public enum SqlErrorClass {

    /** The same transaction will do if it is tried again. */
    COLLISION,
    /** The data is refused and will be refused again. */
    REFUSED,
    /** Anything else: the connection, the server, another owner, or us. */
    OUTAGE;

    /**
     * A row we hold for new is there: another owner writes, our memory is wrong, not the
     * data.
     */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Set<String> COLLISION_STATES = Set.of("40001", "40P01", "55P03");

    /**
     * The kind of a failure.
     * @param exception what the driver threw
     * @return its kind
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
