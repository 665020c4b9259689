package pregao.strategy.account;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;

/**
 * Static JDBC access to accounts and kill switches within the transaction that creates
 * orders.
 */
public final class AccountRepository {

    /** The user id of a kill switch that applies to all users. */
    public static final UUID ALL_USERS = new UUID(0, 0);

    static final String COLUMNS = "id, money, person, broker, currency, max_stake, max_exposure, daily_loss, max_drawdown, "
            + "max_gales, balance, exposure, reserved, day, day_profit, profit, peak";

    private static final String LOCK = "select " + COLUMNS
            + " from strategy.account where id = ? and money = ? for update";

    private static final String UPDATE_RISK_STATE = """
            update strategy.account set balance = ?, exposure = ?, reserved = ?, day = ?, day_profit = ?, profit = ?,
              peak = ?
            where id = ? and money = ?""";

    private AccountRepository() {
    }

    /**
     * Locks accounts until the end of the transaction. Rows are locked in key order to
     * avoid deadlocks.
     * @param connection the connection of the transaction
     * @param keys the keys of the accounts to lock
     * @return the accounts that exist
     * @throws SQLException if a database access error occurs
     */
    public static Map<AccountKey, Account> lock(Connection connection, Collection<AccountKey> keys)
            throws SQLException {
        Map<AccountKey, Account> accounts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            for (AccountKey key : new TreeSet<>(keys)) {
                statement.setObject(1, key.id());
                statement.setString(2, key.money().text());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        accounts.put(key, mapRow(row));
                    }
                }
            }
        }
        return accounts;
    }

    /**
     * Updates the risk states of accounts.
     * @param connection the connection of the transaction that locked the accounts
     * @param accounts the accounts with their new risk states
     * @throws SQLException if a database access error occurs
     */
    public static void updateRiskStates(Connection connection, Collection<Account> accounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_RISK_STATE)) {
            for (Account account : accounts) {
                AccountRiskState riskState = account.book();
                statement.setBigDecimal(1, riskState.balance());
                statement.setBigDecimal(2, riskState.exposure());
                statement.setBigDecimal(3, riskState.reserve());
                statement.setInt(4, (int) riskState.day());
                statement.setBigDecimal(5, riskState.dayProfit());
                statement.setBigDecimal(6, riskState.profit());
                statement.setBigDecimal(7, riskState.peak());
                statement.setObject(8, account.key().id());
                statement.setString(9, account.key().money().text());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Returns the users with an active kill switch.
     * @param connection the connection to read with
     * @return their ids, including {@link #ALL_USERS} if the global switch is active
     * @throws SQLException if a database access error occurs
     */
    public static Set<UUID> findKilledUsers(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select person from strategy.kill_switch");
                ResultSet rows = statement.executeQuery()) {
            Set<UUID> users = new TreeSet<>();
            while (rows.next()) {
                users.add(rows.getObject(1, UUID.class));
            }
            return users;
        }
    }

    static Account mapRow(ResultSet row) throws SQLException {
        AccountKey key = new AccountKey(row.getObject(1, UUID.class), TradingMode.of(row.getString(2)).orElseThrow());
        return new Account(key, row.getObject(3, UUID.class), row.getString(4), row.getString(5),
                new RiskLimits(row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8), row.getBigDecimal(9),
                        row.getInt(10)),
                mapRiskState(row));
    }

    private static AccountRiskState mapRiskState(ResultSet row) throws SQLException {
        List<BigDecimal> amounts = List.of(row.getBigDecimal(12), row.getBigDecimal(13), row.getBigDecimal(15),
                row.getBigDecimal(16), row.getBigDecimal(17));
        return new AccountRiskState(row.getBigDecimal(11), amounts.get(0), amounts.get(1), row.getInt(14),
                amounts.get(2), amounts.get(3), amounts.get(4));
    }

}
