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
 * Bots that are stopped while whoever looks after them is replaced, on a real database.
 */
class ReplacedOwnerTests {

    private static final String TRADES = """
            select concat_ws(' ', side, trim_scale(entry), trim_scale(exit), reason)
            from strategy.trade where bot = :bot order by closed_at""";

    /** Buys where a minute rose, sells where it fell; without costs, so sums are easy. */
    private static final String SETTINGS = """
            {"name": "up and down", "stake": 1000, "fee": 0, "instruments": [{"feed": "replaced", "symbol": "SYMBOL"}],
             "strategy": {"name": "up and down", "timeframe": "M1", "buy": {"above": ["close", "open"]},
               "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}}""";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final String symbol = "S" + UUID.randomUUID().toString().substring(0, 8);

    private final DecidingDriver driver = new DecidingDriver(new Instrument("replaced", this.symbol));

    private final UUID person = UUID.randomUUID();

    private final UUID bot = UUID.randomUUID();

    private final long now = java.time.Clock.systemUTC().millis() / 60_000 * 60_000;

    ReplacedOwnerTests() {
        eventTime(true);
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

    /** Whether the feed is a recording, whose minutes are taken for those of now. */
    private static void eventTime(boolean recording) {
        StrategyDatabase.shared().market().execute("""
                insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time)
                values ('replaced', 'mid', 'UTC', 1000, 'always', %b)
                on conflict (feed) do update set event_time = excluded.event_time""".formatted(recording));
    }

    @AfterEach
    void stop() {
        state("stopped");
    }

    private void state(String state) {
        this.database.sql("""
                update strategy.bot set state = :state, closing = true, version = nextval('strategy.bot_version')
                where id = :bot""").param("state", state).param("bot", this.bot).update();
    }

    /** It has bought at 11. */
    private void buys() throws SQLException {
        this.driver.comes(this.now - 240_000, 10, 11, 10, 11);
        this.driver.comes(this.now - 180_000, 11, 12, 11, 12);
        this.driver.reads(0);
    }

    private List<String> trades() {
        return this.driver.strings(TRADES, this.bot);
    }

    @Test
    void closesWhatItHoldsThoughWhoeverWasToldHasEnded() throws SQLException, InterruptedException {
        buys();
        state("stopping");
        this.driver.restart();
        this.driver.looks();
        this.driver.comes(this.now - 120_000, 12, 13, 12, 13);
        this.driver.reads(2);
        assertThat(trades()).containsExactly("buy 11 12 end");
    }

    @Test
    void stopsALossAtTheFirstPriceAndNotAtTheNextMinute() throws SQLException {
        buys();
        eventTime(false); // prices within minutes are heeded where they are of now
        this.driver.restart();
        this.driver.forms(this.now - 120_000, 12, 12, 9, 9);
        this.driver.reads(2);
        assertThat(trades()).containsExactly("buy 11 9.9 stop");
    }

    @Test
    void whoWasReplacedClosesNothingThoughNothingWasRead() throws SQLException {
        buys();
        DecidingDriver other = this.driver.other();
        this.driver.comes(this.now - 120_000, 13, 13, 12, 12.5);
        this.driver.comes(this.now - 60_000, 12.5, 13, 12, 13);
        other.reads(2);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
        state("stopping");
        assertThatExceptionOfType(OwnerReplaced.class).isThrownBy(this.driver::looks);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
    }

}
