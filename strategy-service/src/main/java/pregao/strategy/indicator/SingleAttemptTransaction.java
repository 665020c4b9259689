package pregao.strategy.indicator;

import java.sql.SQLException;

import javax.sql.DataSource;

import pregao.pipeline.offset.RetryingTransaction;

/**
 * A transaction that is tried once only: what it did in memory cannot be taken back, so
 * after a collision everything is taken over anew.
 */
final class SingleAttemptTransaction {

    private SingleAttemptTransaction() {
    }

    static <T> T run(DataSource database, RetryingTransaction.Body<T> body) throws SQLException {
        boolean[] attempted = new boolean[1];
        return RetryingTransaction.run(database, (connection) -> {
            if (attempted[0]) {
                // 08006: the connection failed, which the loop answers by beginning anew.
                throw new SQLException("the transaction collided with another one", "08006");
            }
            attempted[0] = true;
            return body.execute(connection);
        });
    }

}
