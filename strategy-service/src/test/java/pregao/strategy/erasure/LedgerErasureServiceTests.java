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
 * Tests for {@link LedgerErasureService}, on rows in every table.
 */
class LedgerErasureServiceTests {

    /** What is deleted with the person. */
    private static final Set<String> CONTENT = Set.of("backtest_report", "backtest_trade", "bot", "bot_total",
            "catalog_instrument", "catalog_live", "desk", "event", "job", "pattern", "strategy");

    /** What is kept: it knows people by their ids only. */
    private static final Set<String> LEDGER = Set.of("account", "decision", "drawdown_reset", "kill_switch",
            "manual_action", "order_", "order_resolution", "position", "promotion", "trade");

    /** What is nobody's. */
    private static final Set<String> NOBODYS = Set.of("candle_wish", "flyway_schema_history", "loop_state");

    /** Stands wherever a person may write. */
    private static final String WORDS = "Words-of-Ana";

    private static final String JSON = "jsonb_build_object('reason', '" + WORDS + "')";

    /** One in each table, in the order of the references. */
    private static final List<String> ROWS = List.of(
            "account (id, money, person, broker, currency, max_stake, max_exposure, daily_loss, max_drawdown, "
                    + "max_gales, created_at) values (:account, 'demo', :person, 'polarium', 'USD', 1, 1, 1, 1, 1, now())",
            "bot (id, person, name, kind, account, money, settings, state, version, created_at, changed_at) values "
                    + "(:bot, :person, '" + WORDS + "', 'option', :account, 'demo', " + JSON
                    + ", 'running', nextval('strategy.bot_version'), now(), now())",
            "bot_total values (:bot, 1, 1, 1, 0, 0, 1, 0, 0)", "desk values (:bot, 'polarium', 'X', 0, '{}')",
            "decision (bot, at, feed, symbol, id, side, reason, inputs) values (:bot, now(), 'polarium', 'X', "
                    + "gen_random_uuid(), 'call', 'minority', '{}')",
            "job (id, person, kind, request, state, created_at) values (:job, :person, 'catalog', " + JSON
                    + ", 'done', now())",
            "pattern values (:person, gen_random_uuid(), '" + WORDS + "', '{}', now())",
            "catalog_instrument values (:job, 'polarium', 'X', now(), 5, '', now())",
            "catalog_live (job, person, since) values (:job, :person, now())",
            "strategy values (:person, gen_random_uuid(), '{\"name\":\"" + WORDS + "\"}', now(), now())",
            "backtest_report values (:job, '{\"name\":\"" + WORDS + "\"}', '')",
            "backtest_trade values (:job, 1, '{}')",
            "kill_switch (person, by, reason, at) values (:person, :person, '" + WORDS + "', now())",
            "order_ (id, person, account, money, bot, feed, symbol, kind, side, purpose, amount, risk, level, state, "
                    + "reason, message, decided_at, told, created_at, changed_at) values (gen_random_uuid(), :person, "
                    + ":account, 'demo', :bot, 'polarium', 'X', 'option', 'call', 'open', 1, 1, 0, 'settled', "
                    + "'resolved', '" + WORDS + "', now(), true, now(), now())",
            "trade (id, person, account, money, bot, feed, symbol, kind, side, opened_at, closed_at, amount, level, "
                    + "fees, profit, worth, reason, ambiguous) values (gen_random_uuid(), :person, :account, 'demo', "
                    + ":bot, 'polarium', 'X', 'option', 'call', now(), now(), 1, 0, 0, 0, 0, 'settled', false)",
            "position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount, fee) values "
                    + "(:account, 'demo', :bot, 'polarium', 'X', :person, 'option', 'call', now(), 1, 0)",
            "event (id, person, topic, body, at, published) values (nextval('strategy.event_id'), :person, 'order', "
                    + "'', now(), true)",
            "promotion values (:bot, :person, gen_random_uuid(), gen_random_uuid(), :account, 'demo', '" + WORDS + "', "
                    + JSON + ", now())",
            "drawdown_reset (account, money, person, reason, peak, profit, at) values (:account, 'demo', :person, '"
                    + WORDS + "', 0, 0, now())",
            "order_resolution values (gen_random_uuid(), :person, " + JSON + ", '" + WORDS + "', now())",
            "manual_action (person, action, target, reason, at) values (:person, 'close', 'bot', '" + WORDS
                    + "', now())");

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final UUID person = UUID.randomUUID();

    private final UUID account = UUID.randomUUID();

    private final UUID bot = UUID.randomUUID();

    private final UUID job = UUID.randomUUID();

    @Test
    void everyTableIsOneThatErasureKnows() {
        Set<String> known = new TreeSet<>(CONTENT);
        known.addAll(LEDGER);
        known.addAll(NOBODYS);
        assertThat(this.database.sql(
                "select table_name from information_schema.tables where table_schema = 'strategy' and table_type = 'BASE TABLE'")
            .query(String.class)
            .list()).as("a new table is erased, or knows people by their ids only; add a row of it to ROWS")
            .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void deletesWhatAPersonMadeAndKeepsTheLedgerWithoutTheirWords() throws SQLException {
        store();
        for (String table : CONTENT) {
            assertThat(rows(table)).as(table).isPositive();
        }

        after(BrokerSessionEvent.erased(this.person, 1));

        for (String table : CONTENT) {
            assertThat(rows(table)).as(table).isZero();
        }
        for (String table : LEDGER) {
            assertThat(rows(table)).as(table).isPositive();
            assertThat(words(table)).as("words in " + table).isZero();
        }
    }

    @Test
    void opensNothingOfAnErasedPersonAnyMore() throws SQLException {
        store();
        after(BrokerSessionEvent.erased(this.person, 1));
        after(BrokerSessionEvent.erased(this.person, 2));
        assertThat(this.database.sql("select level || ': ' || reason from strategy.kill_switch where person = ?")
            .param(this.person)
            .query(String.class)
            .list()).containsExactly("cancel: the person was erased");
    }

    @ParameterizedTest
    @ValueSource(strings = { "running", "stopping", "halted" })
    void stopsTheBotsOfAnAccountThatIsRemovedAndKeepsAllElse(String state) throws SQLException {
        store();
        this.database.sql("update strategy.bot set state = ? where id = ?").param(state).param(this.bot).update();
        after(new BrokerSessionEvent(this.account, this.person, "polarium", BrokerSessionEventType.ACCOUNT_REMOVED, "",
                1));
        assertThat(this.database.sql("select state || ': ' || reason || ' ' || name from strategy.bot where id = ?")
            .param(this.bot)
            .query(String.class)
            .single()).isEqualTo("stopped: Its account at the broker was removed; choose another one " + WORDS);
        assertThat(rows("desk")).isZero();
        assertThat(rows("strategy")).isPositive();
        assertThat(rows("order_")).isPositive();
    }

    @Test
    void nobodyIsAskedAnyMoreWhatBecomesOfAnOrderThatLiesAtAnAccountThatIsRemoved() throws SQLException {
        store();
        this.database.sql("update strategy.order_ set state = 'placed', due_at = now() where bot = ?")
            .param(this.bot)
            .update();
        after(new BrokerSessionEvent(this.account, this.person, "polarium", BrokerSessionEventType.ACCOUNT_REMOVED, "",
                1));
        assertThat(this.database.sql("select state || ' ' || (due_at is null) from strategy.order_ where bot = ?")
            .param(this.bot)
            .query(String.class)
            .list()).containsExactly("placed true");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anOrderThatNoBotTookUpIsNotSentAnyMore(boolean erased) throws SQLException {
        store();
        this.database.sql("update strategy.order_ set state = 'new', told = false where bot = ?")
            .param(this.bot)
            .update();
        after(erased ? BrokerSessionEvent.erased(this.person, 1) : new BrokerSessionEvent(this.account, this.person,
                "polarium", BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        assertThat(this.database.sql("select state || ' ' || reason || ' ' || told from strategy.order_ where bot = ?")
            .param(this.bot)
            .query(String.class)
            .list()).containsExactly("not_sent bot_stopped true");
    }

    @Test
    void leavesBotsAloneWhereASessionOnlyEnds() throws SQLException {
        store();
        for (BrokerSessionEventType change : List.of(BrokerSessionEventType.OPENED, BrokerSessionEventType.LOST,
                BrokerSessionEventType.CLOSED, BrokerSessionEventType.SIGNED_OUT, BrokerSessionEventType.CODE_WANTED)) {
            after(new BrokerSessionEvent(this.account, this.person, "polarium", change, "", 1));
        }
        assertThat(this.database.sql("select state from strategy.bot where id = ?")
            .param(this.bot)
            .query(String.class)
            .single()).isEqualTo("running");
    }

    private static void after(BrokerSessionEvent event) throws SQLException {
        RetryingTransaction.run(StrategyDatabase.shared().pool(), (connection) -> {
            LedgerErasureService.handleEvent(connection, event);
            return event;
        });
    }

    private long rows(String table) {
        return count(table, "");
    }

    private long words(String table) {
        return count(table, WORDS);
    }

    /** Rows that are of this person, of the bot or of the job, with some text in them. */
    private long count(String table, String text) {
        return this.database
            .sql("select count(*) from strategy.%s t where strpos(t::text, :text) > 0 and t::text ~ :ids"
                .formatted(table))
            .param("text", text)
            .param("ids", this.person + "|" + this.bot + "|" + this.job)
            .query(Long.class)
            .single();
    }

    private void store() {
        for (String sql : ROWS) {
            this.database.sql("insert into strategy." + sql)
                .param("person", this.person)
                .param("account", this.account)
                .param("bot", this.bot)
                .param("job", this.job)
                .update();
        }
    }

}
