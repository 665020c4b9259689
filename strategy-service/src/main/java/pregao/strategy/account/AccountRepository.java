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
 * The tables of accounts and kill switches, within the transaction of whoever makes
 * orders.
 */
public final class AccountRepository {

    /** Who stands for everybody. */
    public static final UUID EVERYBODY = new UUID(0, 0);

    static final String COLUMNS = "id, money, person, broker, currency, max_stake, max_exposure, daily_loss, max_drawdown, "
            + "max_gales, balance, exposure, reserved, day, day_profit, profit, peak";

    private static final String LOCK = "select " + COLUMNS
            + " from strategy.account where id = ? and money = ? for update";

    private static final String WRITE = """
            update strategy.account set balance = ?, exposure = ?, reserved = ?, day = ?, day_profit = ?, profit = ?,
              peak = ?
            where id = ? and money = ?""";

    private AccountRepository() {
    }

    /**
     * Locks accounts until the transaction ends, always in the same order.
     * @param connection in the transaction
     * @param keys which
     * @return those that are there
     * @throws SQLException where the database refuses
     */
    public static Map<AccountKey, Account> lock(Connection connection, Collection<AccountKey> keys)
            throws SQLException {
        Map<AccountKey, Account> found = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            for (AccountKey key : new TreeSet<>(keys)) {
                statement.setObject(1, key.id());
                statement.setString(2, key.money().text());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        found.put(key, row(row));
                    }
                }
            }
        }
        return found;
    }

    /**
     * Writes what of limits is used.
     * @param connection in the transaction that locked them
     * @param accounts as they are now
     * @throws SQLException where the database refuses
     */
    public static void write(Connection connection, Collection<Account> accounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (Account account : accounts) {
                AccountRiskState book = account.book();
                statement.setBigDecimal(1, book.balance());
                statement.setBigDecimal(2, book.exposure());
                statement.setBigDecimal(3, book.reserve());
                statement.setInt(4, (int) book.day());
                statement.setBigDecimal(5, book.dayProfit());
                statement.setBigDecimal(6, book.profit());
                statement.setBigDecimal(7, book.peak());
                statement.setObject(8, account.key().id());
                statement.setString(9, account.key().money().text());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Who wants nothing opened any more.
     * @param connection to read with
     * @return persons, maybe {@link #EVERYBODY} among them
     * @throws SQLException where the database refuses
     */
    public static Set<UUID> killed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select person from strategy.kill_switch");
                ResultSet rows = statement.executeQuery()) {
            Set<UUID> killed = new TreeSet<>();
            while (rows.next()) {
                killed.add(rows.getObject(1, UUID.class));
            }
            return killed;
        }
    }

    static Account row(ResultSet row) throws SQLException {
        AccountKey key = new AccountKey(row.getObject(1, UUID.class), TradingMode.of(row.getString(2)).orElseThrow());
        return new Account(key, row.getObject(3, UUID.class), row.getString(4), row.getString(5),
                new RiskLimits(row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8), row.getBigDecimal(9),
                        row.getInt(10)),
                book(row));
    }

    private static AccountRiskState book(ResultSet row) throws SQLException {
        List<BigDecimal> used = List.of(row.getBigDecimal(12), row.getBigDecimal(13), row.getBigDecimal(15),
                row.getBigDecimal(16), row.getBigDecimal(17));
        return new AccountRiskState(row.getBigDecimal(11), used.get(0), used.get(1), row.getInt(14), used.get(2),
                used.get(3), used.get(4));
    }

}
