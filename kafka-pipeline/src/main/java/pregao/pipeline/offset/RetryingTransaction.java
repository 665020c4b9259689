package pregao.pipeline.offset;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Does something in a transaction, again where it collides with another one.
 */
public final class RetryingTransaction {

    private static final int MAX_ATTEMPTS = 5;

    private RetryingTransaction() {
    }

    /**
     * Does it.
     * @param <T> what comes of it
     * @param dataSource where
     * @param body what; maybe called several times
     * @return what came of it, committed
     * @throws SQLException where the database refuses
     */
    public static <T> T run(DataSource dataSource, Body<T> body) throws SQLException {
        for (int attempt = 1;; attempt++) {
            try {
                return runOnce(dataSource, body);
            }
            catch (SQLException ex) {
                if (attempt == MAX_ATTEMPTS || SqlErrorClass.of(ex) != SqlErrorClass.COLLISION) {
                    throw ex;
                }
            }
        }
    }

    private static <T> T runOnce(DataSource dataSource, Body<T> body) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = body.execute(connection);
                connection.commit();
                return result;
            }
            catch (SQLException | RuntimeException ex) {
                rollback(connection, ex);
                throw ex;
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        }
        catch (SQLException ex) {
            cause.addSuppressed(ex);
        }
    }

    /**
     * What is done in a transaction.
     *
     * @param <T> what comes of it
     */
    public interface Body<T> {

        /**
         * Does it.
         * @param connection in the transaction
         * @return what came of it
         * @throws SQLException where the database refuses
         */
        T execute(Connection connection) throws SQLException;

    }

}
