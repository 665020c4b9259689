package pregao.strategy.indicator;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.loop.fence.OwnerReplaced;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Deciding} on a real database: each minute is decided on once, whoever
 * reads it and how often.
 */
class DecidingTests {

    private static final String ORDERS = """
            select concat_ws(' ', side, purpose, state, nullif(reason, '')) from strategy.order_ where bot = :bot
            order by decided_at, created_at, purpose desc""";

    private static final String TRADES = """
            select concat_ws(' ', side, trim_scale(entry), trim_scale(exit), trim_scale(profit), reason)
            from strategy.trade where bot = :bot order by closed_at""";

    private static final String STATE = "select state from strategy.bot where id = :bot";

    private static final String DECISIONS = "select side from strategy.decision where bot = :bot order by at";

    /** Buys where a minute rose, sells where it fell; without costs, so sums are easy. */
    private static final String SETTINGS = """
            {"name": "up and down", "stake": 1000, "fee": 0, "instruments": [{"feed": "hand", "symbol": "SYMBOL"}],
             "strategy": {"name": "up and down", "timeframe": "M1", "buy": {"above": ["close", "open"]},
               "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}}""";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final String symbol = "S" + UUID.randomUUID().toString().substring(0, 8);

    private final DecidingDriver driver = new DecidingDriver(new Instrument("hand", this.symbol));

    private final UUID person = UUID.randomUUID();

    private final UUID bot = UUID.randomUUID();

    /** The minute that has just begun. */
    private final long now = java.time.Clock.systemUTC().millis() / 60_000 * 60_000;

    DecidingTests() {
        this.database.sql("""
                insert into strategy.account (id, money, person, broker, currency, balance, max_stake, max_exposure,
                  daily_loss, max_drawdown, max_gales, created_at)
                values (:id, 'paper', :id, 'paper', 'USD', 10000, 1000, 5000, 1000, 2500, 2, now())""")
            .param("id", this.person)
            .update();
        this.database.sql("""
                insert into strategy.bot (id, person, name, kind, account, money, settings, state, version, created_at,
                  changed_at)
                values (:bot, :person, 'up and down', 'spot', :person, 'paper', cast(:settings as jsonb), 'running',
                  nextval('strategy.bot_version'), now(), now())""")
            .param("bot", this.bot)
            .param("person", this.person)
            .param("settings", SETTINGS.replace("SYMBOL", this.symbol))
            .update();
    }

    @AfterEach
    void stop() {
        state("stopped", false);
        this.database.sql("delete from strategy.kill_switch where person = :person")
            .param("person", this.person)
            .update();
    }

    private void state(String state, boolean closing) {
        this.database.sql("""
                update strategy.bot set state = :state, closing = :closing, version = nextval('strategy.bot_version')
                where id = :bot""").param("state", state).param("closing", closing).param("bot", this.bot).update();
    }

    /** Bought at 11, sold at 12.5: 90.90909090 pieces bring 136.36363635. */
    private void upAndDown() {
        this.driver.comes(this.now - 240_000, 10, 11, 10, 11);
        this.driver.comes(this.now - 180_000, 11, 12, 11, 12);
        this.driver.comes(this.now - 120_000, 13, 13, 12, 12.5);
        this.driver.comes(this.now - 60_000, 12.5, 13, 12, 13);
    }

    private List<String> strings(String sql) {
        return this.driver.strings(sql, this.bot);
    }

    private String text(String sql) {
        return String.join(", ", strings(sql));
    }

    private void superuser(String sql) {
        StrategyDatabase.shared().market().execute(sql);
    }

    @Test
    void fillsAtTheNextPriceAndDecidesEachMinuteOnce() throws SQLException {
        feed();
        upAndDown();
        this.driver.reads(0);
        assertDone();
        this.driver.restart();
        this.driver.reads(this.driver.count());
        assertDone();
    }

    private void feed() {
        superuser("""
                insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time)
                values ('hand', 'mid', 'UTC', 1000, 'always', true) on conflict do nothing""");
    }

    private void assertDone() {
        assertThat(text(DECISIONS)).isEqualTo("buy, buy, sell, buy");
        assertThat(text(TRADES)).isEqualTo("buy 11 12.5 136.36363635 opposite");
        assertThat(text(ORDERS)).isEqualTo("buy open filled, sell close filled, buy open new");
        assertThat(
                text("select trim_scale(balance)::text from strategy.account a join strategy.bot b on a.id = b.account "
                        + "where b.id = :bot"))
            .isEqualTo("10136.36363635");
    }

    @Test
    void replacedReplicaWritesNothing() throws SQLException {
        feed();
        DecidingDriver paused = this.driver;
        DecidingDriver other = this.driver.other();
        upAndDown();
        other.reads(0);
        assertDone();
        assertThatExceptionOfType(OwnerReplaced.class).isThrownBy(() -> paused.reads(0));
        assertDone();
    }

    @Test
    void goesOnWhereItWasAtEachMinute() throws SQLException {
        feed();
        upAndDown();
        for (int i = 0; i < this.driver.count(); i++) {
            this.driver.reads(i);
            this.driver.restart();
        }
        assertDone();
    }

    @Test
    void actsOnNothingThatIsTooOld() throws SQLException {
        superuser("delete from market.feed where feed = 'hand'");
        upAndDown();
        this.driver.reads(0);
        assertThat(text(ORDERS)).startsWith("buy open refused stale_price");
        assertThat(text(TRADES)).isEmpty();
    }

    @Test
    void opensNothingWhereTheKillSwitchIsPulled() throws SQLException {
        feed();
        this.database.sql("insert into strategy.kill_switch values (:person, :person, 'test', now())")
            .param("person", this.person)
            .update();
        upAndDown();
        this.driver.reads(0);
        assertThat(strings(ORDERS)).isNotEmpty().allMatch("buy open refused kill_switch"::equals);
    }

    @Test
    void opensNothingBeyondTheLimits() throws SQLException {
        feed();
        this.database.sql("update strategy.account set max_stake = 999 where id = :person")
            .param("person", this.person)
            .update();
        upAndDown();
        this.driver.reads(0);
        assertThat(strings(ORDERS)).isNotEmpty().allMatch("buy open refused stake_limit"::equals);
    }

    @Test
    void closesWhatItHoldsAsItIsStoppedAndThenRests() throws SQLException, InterruptedException {
        feed();
        this.driver.comes(this.now - 240_000, 10, 11, 10, 11);
        this.driver.comes(this.now - 180_000, 11, 12, 11, 12);
        this.driver.reads(0);
        state("stopping", true);
        this.driver.looks();
        assertThat(text(TRADES)).isEqualTo("buy 11 12 90.9090909 end");
        this.driver.looks();
        assertThat(text(STATE)).isEqualTo("stopped");
        this.driver.comes(this.now - 120_000, 13, 14, 12, 14);
        this.driver.reads(2);
        assertThat(text(DECISIONS)).as("it decides on nothing more").isEqualTo("buy, buy");
    }

    @Test
    void looksAfterWhatItHoldsWhereItIsStoppedWithoutClosing() throws SQLException, InterruptedException {
        feed();
        this.driver.comes(this.now - 240_000, 10, 11, 10, 11);
        this.driver.comes(this.now - 180_000, 11, 12, 11, 12);
        this.driver.reads(0);
        state("stopping", false);
        this.driver.looks();
        assertThat(text(STATE)).isEqualTo("stopping");
        this.driver.comes(this.now - 120_000, 12, 12, 9, 10);
        this.driver.reads(2);
        assertThat(text(TRADES)).as("its stop is at 9.9").isEqualTo("buy 11 9.9 -99.99999999 stop");
        this.driver.looks();
        assertThat(text(STATE)).isEqualTo("stopped");
    }

    @Test
    void tellsWhatHappenedInItsOrder() throws SQLException {
        feed();
        upAndDown();
        this.driver.reads(0);
        List<String> topics = this.database.sql("select topic from strategy.event where person = :person order by id")
            .param("person", this.person)
            .query((row, number) -> row.getString(1))
            .list();
        assertThat(topics).containsExactly("signal", "order", "order", "position", "signal", "signal", "order", "order",
                "trade", "position", "signal", "order");
    }

}
