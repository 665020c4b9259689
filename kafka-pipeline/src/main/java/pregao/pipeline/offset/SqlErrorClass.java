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

    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "55P03");

    /**
     * The kind of a failure.
     * @param failure what the driver threw
     * @return its kind
     */
    public static SqlErrorClass of(SQLException failure) {
        String state = state(failure);
        if (state == null) {
            return OUTAGE;
        }
        if (COLLISIONS.contains(state)) {
            return COLLISION;
        }
        if (UNIQUE_VIOLATION.equals(state)) {
            return OUTAGE;
        }
        return (state.startsWith("22") || state.startsWith("23")) ? REFUSED : OUTAGE;
    }

    private static @Nullable String state(SQLException failure) {
        SQLException next = failure.getNextException();
        String state = failure.getSQLState();
        return (state == null && next != null) ? next.getSQLState() : state;
    }

}
