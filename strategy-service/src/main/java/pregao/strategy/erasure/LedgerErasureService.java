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
 * What is left of an account or a person that is gone: the ledger, which knows them by
 * their ids only.
 */
public final class LedgerErasureService {

    private static final String SELECT_ACCOUNTS = "select id, money from strategy.account where ";

    /** What an owner wants to be closed, and no bot will take up any more. */
    private static final String CANCEL_CLOSE_REQUESTS = """
            update strategy.order_ set state = 'not_sent', reason = 'bot_stopped', told = true,
              message = 'The bot was stopped before it took up the order'
            where state = 'new' and valid_until is null and not told and\s""";

    /**
     * In the order of the references between tables. A ? is the account. What lies at its
     * broker stays there, and nobody can say what becomes of it.
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
     * What says who somebody is, or was written by them, is deleted. Of what the ledger
     * keeps, the words of the person go. Nothing of theirs is opened any more. A ? is the
     * person.
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
     * Does what an event asks for; nothing where neither an account nor a person is gone.
     * Done again, it changes nothing.
     * @param connection in a transaction
     * @param event what happened
     * @throws SQLException where the database refuses
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
     * Whoever decides for a bot holds the lock on its account, so none does meanwhile.
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

    private static List<AccountKey> findAccountKeys(Connection connection, String condition, @Nullable UUID id) throws SQLException {
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
