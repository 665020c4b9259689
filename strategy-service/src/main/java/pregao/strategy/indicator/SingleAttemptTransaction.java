package pregao.strategy.indicator;

import java.sql.SQLException;

import javax.sql.DataSource;

import pregao.pipeline.offset.RetryingTransaction;

/**
 * A transaction that is not retried, because its changes in memory cannot be rolled back.
 * After a serialization conflict the consumer reacquires its partitions instead.
 */
final class SingleAttemptTransaction {

    private SingleAttemptTransaction() {
    }

    static <T> T run(DataSource database, RetryingTransaction.Body<T> body) throws SQLException {
        boolean[] attempted = new boolean[1];
        return RetryingTransaction.run(database, (connection) -> {
            if (attempted[0]) {
                // SQLSTATE 08006, connection failure: the consumer starts over on it.
                throw new SQLException("the transaction collided with another one", "08006");
            }
            attempted[0] = true;
            return body.execute(connection);
        });
    }

}
