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

    static <T> T in(DataSource database, RetryingTransaction.Body<T> work) throws SQLException {
        boolean[] tried = new boolean[1];
        return RetryingTransaction.run(database, (connection) -> {
            if (tried[0]) {
                // 08006: the connection failed, which the loop answers by beginning anew.
                throw new SQLException("the transaction collided with another one", "08006");
            }
            tried[0] = true;
            return work.execute(connection);
        });
    }

}
