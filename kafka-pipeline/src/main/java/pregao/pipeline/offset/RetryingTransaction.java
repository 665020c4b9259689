package pregao.pipeline.offset;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Runs a transaction, and retries it if it collides with another one.
 */
public final class RetryingTransaction {

    private static final int MAX_ATTEMPTS = 5;

    private RetryingTransaction() {
    }

    /**
     * Runs a transaction.
     * @param <T> the type of the result
     * @param dataSource the database
     * @param body the body of the transaction, which may be called several times
     * @return the result of the committed transaction
     * @throws SQLException if the transaction fails
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
     * The body of a transaction.
     *
     * @param <T> the type of the result
     */
    public interface Body<T> {

        /**
         * Executes the statements of the transaction.
         * @param connection the connection, in the transaction
         * @return the result
         * @throws SQLException if a statement fails
         */
        T execute(Connection connection) throws SQLException;

    }

}
