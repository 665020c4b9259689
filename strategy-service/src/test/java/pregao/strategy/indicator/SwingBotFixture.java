package pregao.strategy.indicator;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.strategy.StrategyDatabase;

/**
 * A paper bot that buys after a rising candle and sells after a falling one. It has no
 * fees, so that amounts are easy to check.
 */
public final class SwingBotFixture {

    private static final String SETTINGS = """
            {"name": "up and down", "stake": 1000, "fee": 0, "instruments": [{"feed": "FEED", "symbol": "SYMBOL"}],
             "strategy": {"name": "up and down", "timeframe": "M1", "buy": {"above": ["close", "open"]},
               "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}}""";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final UUID person = UUID.randomUUID();

    private final UUID bot = UUID.randomUUID();

    private final Instrument instrument;

    private final TradingPipelineHarness harness;

    /** The open time of the current minute. */
    private final long now = java.time.Clock.systemUTC().millis() / 60_000 * 60_000;

    /** Creates a bot on an instrument of its own. */
    public SwingBotFixture(String feed) {
        this.instrument = new Instrument(feed, "S" + UUID.randomUUID().toString().substring(0, 8));
        this.harness = new TradingPipelineHarness(this.instrument);
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
            .param("settings", SETTINGS.replace("FEED", feed).replace("SYMBOL", this.instrument.symbol()))
            .update();
    }

    /** Creates another bot of the same user on the same instrument. */
    UUID createOtherBot(String stake) {
        UUID otherBot = UUID.randomUUID();
        this.database.sql("""
                insert into strategy.bot (id, person, name, kind, account, money, settings, state, version, created_at,
                  changed_at)
                select :other, person, 'another', kind, account, money, settings || cast(:stake as jsonb), 'running',
                  nextval('strategy.bot_version'), now(), now()
                from strategy.bot where id = :bot""")
            .param("other", otherBot)
            .param("stake", "{\"stake\": %s}".formatted(stake))
            .param("bot", this.bot)
            .update();
        return otherBot;
    }

    TradingPipelineHarness harness() {
        return this.harness;
    }

    JdbcClient database() {
        return this.database;
    }

    public UUID person() {
        return this.person;
    }

    public UUID id() {
        return this.bot;
    }

    public Instrument instrument() {
        return this.instrument;
    }

    /**
     * Returns the open time of the minute the given number of minutes ago; 0 is the
     * current one.
     */
    public long minutesAgo(int minutes) {
        return this.now - minutes * 60_000L;
    }

    /** Sets whether the feed runs on event time, so that its candles are never stale. */
    void setEventTime(boolean isEventTime) {
        executeAsAdmin("""
                insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time)
                values ('%s', 'mid', 'UTC', 1000, 'always', %b)
                on conflict (feed) do update set event_time = excluded.event_time""".formatted(this.instrument.feed(),
                isEventTime));
    }

    void executeAsAdmin(String sql) {
        StrategyDatabase.shared().market().execute(sql);
    }

    public void setState(String state, boolean closing) {
        this.database.sql("""
                update strategy.bot set state = :state, closing = :closing, version = nextval('strategy.bot_version')
                where id = :bot""").param("state", state).param("closing", closing).param("bot", this.bot).update();
    }

    /** Opens a position at 11. */
    void openPosition() throws SQLException {
        this.harness.addFinalCandle(minutesAgo(4), 10, 11, 10, 11);
        this.harness.addFinalCandle(minutesAgo(3), 11, 12, 11, 12);
        this.harness.readFrom(0);
    }

    /** Returns the result of a query with the parameter {@code bot}. */
    List<String> queryStrings(String sql) {
        return this.harness.queryStrings(sql, this.bot);
    }

    public String queryText(String sql) {
        return String.join(", ", queryStrings(sql));
    }

}
