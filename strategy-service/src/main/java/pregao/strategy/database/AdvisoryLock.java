package pregao.strategy.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is locked by name and not by row, until the end of a transaction. Each kind has a
 * number of its own, so that locks of two kinds never meet.
 */
public enum AdvisoryLock {

    /** The jobs of everybody. */
    JOBS(1),
    /** The strategies of a person. */
    STRATEGIES(2),
    /** The patterns of a person. */
    PATTERNS(3),
    /** The live analyses of everybody. */
    LIVE_ANALYSES(4),
    /** The bots of a person. */
    BOTS(5),
    /** An order by its id. */
    ORDER(6),
    /** The places of a person's events. */
    EVENTS(7),
    /** Publishing, which one replica does at a time. */
    OUTBOX(8);

    private final int number;

    AdvisoryLock(int number) {
        this.number = number;
    }

    /**
     * The number of the kind in the database.
     * @return the first of the two keys of a lock
     */
    public int number() {
        return this.number;
    }

    /**
     * Locks; waits for whoever has the lock.
     * @param database in a transaction
     * @param key of what
     */
    public void lock(JdbcClient database, Object key) {
        database.sql("select pg_advisory_xact_lock(:kind, hashtext(:key))")
            .param("kind", this.number)
            .param("key", key.toString())
            .query()
            .singleValue();
    }

    /**
     * Locks; waits for whoever has the lock.
     * @param connection in a transaction
     * @param key of what
     * @throws SQLException where the database refuses
     */
    public void lock(Connection connection, Object key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
            statement.setInt(1, this.number);
            statement.setString(2, key.toString());
            statement.execute();
        }
    }

    /**
     * Locks several; waits for whoever has one of them. All callers take them in the same
     * order, so that none waits for another in a circle.
     * @param connection in a transaction
     * @param keys of what
     * @throws SQLException where the database refuses
     */
    public void lockAll(Connection connection, Collection<?> keys) throws SQLException {
        // In the order of what is locked, which two keys may share.
        try (PreparedStatement statement = connection.prepareStatement("""
                select pg_advisory_xact_lock(?, k.hash)
                from (select distinct hashtext(key) as hash from unnest(?) key order by hash offset 0) k""")) {
            statement.setInt(1, this.number);
            statement.setArray(2, connection.createArrayOf("text", keys.stream().map(Object::toString).toArray()));
            statement.execute();
        }
    }

    /**
     * Locks for a connection and not for a transaction, where nobody has the lock. The
     * lock goes with the connection, and so with its process.
     * @param connection to hold the lock
     * @return whether it does
     * @throws SQLException where the database refuses
     */
    public boolean tryLockSession(Connection connection) throws SQLException {
        return executeSessionLock(connection, "select pg_try_advisory_lock(?, 0)");
    }

    /**
     * Unlocks.
     * @param connection that holds the lock
     * @throws SQLException where the database refuses
     */
    public void unlockSession(Connection connection) throws SQLException {
        executeSessionLock(connection, "select pg_advisory_unlock(?, 0)");
    }

    private boolean executeSessionLock(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, this.number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

}
