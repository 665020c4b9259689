package pregao.strategy.erasure;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventType;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LedgerErasureService} with rows in every table.
 */
class LedgerErasureServiceTests {

    /** The tables whose rows are deleted with the user. */
    private static final Set<String> DELETED_TABLES = Set.of("backtest_report", "backtest_trade", "bot", "bot_total",
            "catalog_instrument", "catalog_live", "desk", "event", "job", "pattern", "strategy");

    /** The tables that are kept, because they refer to users only by their ids. */
    private static final Set<String> LEDGER_TABLES = Set.of("account", "decision", "drawdown_reset", "kill_switch",
            "manual_action", "order_", "order_resolution", "position", "promotion", "trade");

    /** The tables without data of users. */
    private static final Set<String> SHARED_TABLES = Set.of("candle_wish", "flyway_schema_history", "loop_state");

    /** Is in every column that a user can write to. */
    private static final String USER_TEXT = "Words-of-Ana";

    private static final String JSON = "jsonb_build_object('reason', '" + USER_TEXT + "')";

    /** One row for each table, in the order of the foreign keys. */
    private static final List<String> INSERTS = List.of(
            "account (id, money, person, broker, currency, max_stake, max_exposure, daily_loss, max_drawdown, "
                    + "max_gales, created_at) values (:account, 'demo', :person, 'polarium', 'USD', 1, 1, 1, 1, 1, now())",
            "bot (id, person, name, kind, account, money, settings, state, version, created_at, changed_at) values "
                    + "(:bot, :person, '" + USER_TEXT + "', 'option', :account, 'demo', " + JSON
                    + ", 'running', nextval('strategy.bot_version'), now(), now())",
            "bot_total values (:bot, 1, 1, 1, 0, 0, 1, 0, 0)", "desk values (:bot, 'polarium', 'X', 0, '{}')",
            "decision (bot, at, feed, symbol, id, side, reason, inputs) values (:bot, now(), 'polarium', 'X', "
                    + "gen_random_uuid(), 'call', 'minority', '{}')",
            "job (id, person, kind, request, state, created_at) values (:job, :person, 'catalog', " + JSON
                    + ", 'done', now())",
            "pattern values (:person, gen_random_uuid(), '" + USER_TEXT + "', '{}', now())",
            "catalog_instrument values (:job, 'polarium', 'X', now(), 5, '', now())",
            "catalog_live (job, person, since) values (:job, :person, now())",
            "strategy values (:person, gen_random_uuid(), '{\"name\":\"" + USER_TEXT + "\"}', now(), now())",
            "backtest_report values (:job, '{\"name\":\"" + USER_TEXT + "\"}', '')",
            "backtest_trade values (:job, 1, '{}')",
            "kill_switch (person, by, reason, at) values (:person, :person, '" + USER_TEXT + "', now())",
            "order_ (id, person, account, money, bot, feed, symbol, kind, side, purpose, amount, risk, level, state, "
                    + "reason, message, decided_at, told, created_at, changed_at) values (gen_random_uuid(), :person, "
                    + ":account, 'demo', :bot, 'polarium', 'X', 'option', 'call', 'open', 1, 1, 0, 'settled', "
                    + "'resolved', '" + USER_TEXT + "', now(), true, now(), now())",
            "trade (id, person, account, money, bot, feed, symbol, kind, side, opened_at, closed_at, amount, level, "
                    + "fees, profit, worth, reason, ambiguous) values (gen_random_uuid(), :person, :account, 'demo', "
                    + ":bot, 'polarium', 'X', 'option', 'call', now(), now(), 1, 0, 0, 0, 0, 'settled', false)",
            "position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount, fee) values "
                    + "(:account, 'demo', :bot, 'polarium', 'X', :person, 'option', 'call', now(), 1, 0)",
            "event (id, person, topic, body, at, published) values (nextval('strategy.event_id'), :person, 'order', "
                    + "'', now(), true)",
            "promotion values (:bot, :person, gen_random_uuid(), gen_random_uuid(), :account, 'demo', '" + USER_TEXT
                    + "', " + JSON + ", now())",
            "drawdown_reset (account, money, person, reason, peak, profit, at) values (:account, 'demo', :person, '"
                    + USER_TEXT + "', 0, 0, now())",
            "order_resolution values (gen_random_uuid(), :person, " + JSON + ", '" + USER_TEXT + "', now())",
            "manual_action (person, action, target, reason, at) values (:person, 'close', 'bot', '" + USER_TEXT
                    + "', now())");

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final UUID userId = UUID.randomUUID();

    private final UUID accountId = UUID.randomUUID();

    private final UUID botId = UUID.randomUUID();

    private final UUID jobId = UUID.randomUUID();

    @Test
    void everyTableIsOneThatErasureKnows() {
        Set<String> knownTables = new TreeSet<>(DELETED_TABLES);
        knownTables.addAll(LEDGER_TABLES);
        knownTables.addAll(SHARED_TABLES);
        assertThat(this.database.sql(
                "select table_name from information_schema.tables where table_schema = 'strategy' and table_type = 'BASE TABLE'")
            .query(String.class)
            .list()).as("a new table is erased, or knows people by their ids only; add a row of it to ROWS")
            .containsExactlyInAnyOrderElementsOf(knownTables);
    }

    @Test
    void deletesWhatAPersonMadeAndKeepsTheLedgerWithoutTheirWords() throws SQLException {
        insertRows();
        for (String table : DELETED_TABLES) {
            assertThat(countRows(table)).as(table).isPositive();
        }

        handleEvent(BrokerSessionEvent.erased(this.userId, 1));

        for (String table : DELETED_TABLES) {
            assertThat(countRows(table)).as(table).isZero();
        }
        for (String table : LEDGER_TABLES) {
            assertThat(countRows(table)).as(table).isPositive();
            assertThat(countRowsWithUserText(table)).as("words in " + table).isZero();
        }
    }

    @Test
    void opensNothingOfAnErasedPersonAnyMore() throws SQLException {
        insertRows();
        handleEvent(BrokerSessionEvent.erased(this.userId, 1));
        handleEvent(BrokerSessionEvent.erased(this.userId, 2));
        assertThat(this.database.sql("select level || ': ' || reason from strategy.kill_switch where person = ?")
            .param(this.userId)
            .query(String.class)
            .list()).containsExactly("cancel: the person was erased");
    }

    @ParameterizedTest
    @ValueSource(strings = { "running", "stopping", "halted" })
    void stopsTheBotsOfAnAccountThatIsRemovedAndKeepsAllElse(String state) throws SQLException {
        insertRows();
        this.database.sql("update strategy.bot set state = ? where id = ?").param(state).param(this.botId).update();
        handleEvent(new BrokerSessionEvent(this.accountId, this.userId, "polarium",
                BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        assertThat(this.database.sql("select state || ': ' || reason || ' ' || name from strategy.bot where id = ?")
            .param(this.botId)
            .query(String.class)
            .single()).isEqualTo("stopped: Its account at the broker was removed; choose another one " + USER_TEXT);
        assertThat(countRows("desk")).isZero();
        assertThat(countRows("strategy")).isPositive();
        assertThat(countRows("order_")).isPositive();
    }

    @Test
    void nobodyIsAskedAnyMoreWhatBecomesOfAnOrderThatLiesAtAnAccountThatIsRemoved() throws SQLException {
        insertRows();
        this.database.sql("update strategy.order_ set state = 'placed', due_at = now() where bot = ?")
            .param(this.botId)
            .update();
        handleEvent(new BrokerSessionEvent(this.accountId, this.userId, "polarium",
                BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        assertThat(this.database.sql("select state || ' ' || (due_at is null) from strategy.order_ where bot = ?")
            .param(this.botId)
            .query(String.class)
            .list()).containsExactly("placed true");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anOrderThatNoBotTookUpIsNotSentAnyMore(boolean erased) throws SQLException {
        insertRows();
        this.database.sql("update strategy.order_ set state = 'new', told = false where bot = ?")
            .param(this.botId)
            .update();
        handleEvent(erased ? BrokerSessionEvent.erased(this.userId, 1) : new BrokerSessionEvent(this.accountId,
                this.userId, "polarium", BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        assertThat(this.database.sql("select state || ' ' || reason || ' ' || told from strategy.order_ where bot = ?")
            .param(this.botId)
            .query(String.class)
            .list()).containsExactly("not_sent bot_stopped true");
    }

    @Test
    void leavesBotsAloneWhereASessionOnlyEnds() throws SQLException {
        insertRows();
        for (BrokerSessionEventType change : List.of(BrokerSessionEventType.OPENED, BrokerSessionEventType.LOST,
                BrokerSessionEventType.CLOSED, BrokerSessionEventType.SIGNED_OUT, BrokerSessionEventType.CODE_WANTED)) {
            handleEvent(new BrokerSessionEvent(this.accountId, this.userId, "polarium", change, "", 1));
        }
        assertThat(this.database.sql("select state from strategy.bot where id = ?")
            .param(this.botId)
            .query(String.class)
            .single()).isEqualTo("running");
    }

    private static void handleEvent(BrokerSessionEvent event) throws SQLException {
        RetryingTransaction.run(StrategyDatabase.shared().pool(), (connection) -> {
            LedgerErasureService.handleEvent(connection, event);
            return event;
        });
    }

    private long countRows(String table) {
        return count(table, "");
    }

    private long countRowsWithUserText(String table) {
        return count(table, USER_TEXT);
    }

    /** Counts the rows of the user, the bot or the job that contain a text. */
    private long count(String table, String text) {
        return this.database
            .sql("select count(*) from strategy.%s t where strpos(t::text, :text) > 0 and t::text ~ :ids"
                .formatted(table))
            .param("text", text)
            .param("ids", this.userId + "|" + this.botId + "|" + this.jobId)
            .query(Long.class)
            .single();
    }

    private void insertRows() {
        for (String sql : INSERTS) {
            this.database.sql("insert into strategy." + sql)
                .param("person", this.userId)
                .param("account", this.accountId)
                .param("bot", this.botId)
                .param("job", this.jobId)
                .update();
        }
    }

}
