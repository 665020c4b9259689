package pregao.strategy.erasure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.session.BrokerSessionEvent;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountRepository;
import pregao.strategy.account.TradingMode;

/**
 * Removes the data of erased accounts and users. The ledger itself stays, because it
 * refers to them only by their ids.
 */
public final class LedgerErasureService {

    private static final String SELECT_ACCOUNTS = "select id, money from strategy.account where ";

    /**
     * Ends the requests of users to close a position that no bot will process any more.
     */
    private static final String CANCEL_CLOSE_REQUESTS = """
            update strategy.order_ set state = 'not_sent', reason = 'bot_stopped', told = true,
              message = 'The bot was stopped before it took up the order'
            where state = 'new' and valid_until is null and not told and\s""";

    /**
     * The statements for a removed account, in the order of the foreign keys. The
     * parameter is the account id. Orders that are open at the broker stay there, and
     * their outcome remains unknown.
     */
    private static final List<String> ACCOUNT_STATEMENTS = List.of("""
            update strategy.bot set state = 'stopped', closing = false, halted_from = null,
              reason = 'Its account at the broker was removed; choose another one',
              version = nextval('strategy.bot_version'), changed_at = now()
            where account = ? and state <> 'stopped'""",
            "delete from strategy.desk d using strategy.bot b where b.id = d.bot and b.account = ?",
            "update strategy.order_ set due_at = null where account = ? and state in ('sent', 'placed')",
            CANCEL_CLOSE_REQUESTS + "account = ?");

    /**
     * The statements for an erased user. They delete what identifies the user or was
     * written by the user, clear the texts of the user in the rows that the ledger keeps,
     * and activate a kill switch, so that no positions are opened. The parameter is the
     * user id.
     */
    private static final List<String> USER_STATEMENTS = List.of("""
            insert into strategy.kill_switch as k (person, by, level, reason, at)
            select p, p, 'cancel', 'the person was erased', now() from (select cast(? as uuid) as p) as gone
            on conflict (person) do update set by = excluded.by, level = excluded.level, reason = excluded.reason""",
            CANCEL_CLOSE_REQUESTS + "person = ?", "delete from strategy.bot where person = ?",
            "delete from strategy.job where person = ?", "delete from strategy.catalog_live where person = ?",
            "delete from strategy.pattern where person = ?", "delete from strategy.strategy where person = ?",
            "delete from strategy.event where person = ? and published",
            "update strategy.promotion set confirm = '', report = '{}' where person = ?",
            "update strategy.drawdown_reset set reason = '' where person = ?",
            "update strategy.order_resolution set reason = '', outcome = outcome - 'reason' where person = ?",
            "update strategy.order_ set message = '' where person = ? and reason = 'resolved'",
            "update strategy.manual_action set reason = '' where person = ?");

    private LedgerErasureService() {
    }

    /**
     * Handles the removal of an account or the erasure of a user. Other events have no
     * effect. The operation is idempotent.
     * @param connection the connection of the transaction
     * @param event the event of the session service
     * @throws SQLException if a database access error occurs
     */
    public static void handleEvent(Connection connection, BrokerSessionEvent event) throws SQLException {
        switch (event.change()) {
            case ACCOUNT_REMOVED -> execute(connection, "id = ?", ACCOUNT_STATEMENTS, event.account());
            case USER_ERASED -> execute(connection, "person = ?", USER_STATEMENTS, event.user());
            case OPENED, LOST, CLOSED, SIGNED_OUT, CODE_WANTED -> {
            }
        }
    }

    /**
     * Locks the accounts, so that no bot decides in the meantime, and executes the
     * statements.
     */
    private static void execute(Connection connection, String condition, List<String> statements, @Nullable UUID id)
            throws SQLException {
        AccountRepository.lock(connection, findAccountKeys(connection, condition, id));
        for (String sql : statements) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, id);
                statement.executeUpdate();
            }
        }
    }

    private static List<AccountKey> findAccountKeys(Connection connection, String condition, @Nullable UUID id)
            throws SQLException {
        List<AccountKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_ACCOUNTS + condition)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(new AccountKey(row.getObject(1, UUID.class),
                            TradingMode.of(row.getString(2)).orElseThrow()));
                }
            }
        }
        return keys;
    }

}
