package pregao.strategy.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The kinds of PostgreSQL advisory locks, which lock a name instead of a row. Each kind
 * has its own number, which is the first key of the lock, so that locks of different
 * kinds never collide.
 */
public enum AdvisoryLock {

    /** All jobs. */
    JOBS(1),
    /** The strategies of a user. */
    STRATEGIES(2),
    /** The patterns of a user. */
    PATTERNS(3),
    /** All live analyses. */
    LIVE_ANALYSES(4),
    /** The bots of a user. */
    BOTS(5),
    /** An order, by its id. */
    ORDER(6),
    /** The event sequence of a user. */
    EVENTS(7),
    /** The outbox, which one replica publishes at a time. */
    OUTBOX(8);

    private final int number;

    AdvisoryLock(int number) {
        this.number = number;
    }

    /**
     * Returns the number of this kind in the database.
     * @return the first of the two keys of a lock
     */
    public int number() {
        return this.number;
    }

    /**
     * Locks a key until the end of the transaction. Blocks while another transaction has
     * the lock.
     * @param database the client, within a transaction
     * @param key the key to lock
     */
    public void lock(JdbcClient database, Object key) {
        database.sql("select pg_advisory_xact_lock(:kind, hashtext(:key))")
            .param("kind", this.number)
            .param("key", key.toString())
            .query()
            .singleValue();
    }

    /**
     * Locks a key until the end of the transaction. Blocks while another transaction has
     * the lock.
     * @param connection the connection of the transaction
     * @param key the key to lock
     * @throws SQLException if a database access error occurs
     */
    public void lock(Connection connection, Object key) throws SQLException {
        try (PreparedStatement statement = connection
            .prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
            statement.setInt(1, this.number);
            statement.setString(2, key.toString());
            statement.execute();
        }
    }

    /**
     * Locks several keys until the end of the transaction. Blocks while another
     * transaction has one of the locks. All callers lock in the same order to avoid
     * deadlocks.
     * @param connection the connection of the transaction
     * @param keys the keys to lock
     * @throws SQLException if a database access error occurs
     */
    public void lockAll(Connection connection, Collection<?> keys) throws SQLException {
        // Ordered by hash, which is what PostgreSQL locks and what two keys may share.
        try (PreparedStatement statement = connection.prepareStatement("""
                select pg_advisory_xact_lock(?, k.hash)
                from (select distinct hashtext(key) as hash from unnest(?) key order by hash offset 0) k""")) {
            statement.setInt(1, this.number);
            statement.setArray(2, connection.createArrayOf("text", keys.stream().map(Object::toString).toArray()));
            statement.execute();
        }
    }

    /**
     * Tries to lock for the lifetime of a connection instead of a transaction. PostgreSQL
     * releases the lock when the connection ends, so also when its process dies.
     * @param connection the connection that is to have the lock
     * @return whether the connection has the lock
     * @throws SQLException if a database access error occurs
     */
    public boolean tryLockSession(Connection connection) throws SQLException {
        return executeSessionLock(connection, "select pg_try_advisory_lock(?, 0)");
    }

    /**
     * Releases the lock of a connection.
     * @param connection the connection that has the lock
     * @throws SQLException if a database access error occurs
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
