package pregao.strategy.indicator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.candle.StoredMinutes;
import pregao.strategy.engine.CrashDay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a recorded crash of Bitcoin through the trading pipeline on a real database,
 * candle by candle and with restarts. The signals and trades of paper bots equal those of
 * backtests on the same candles.
 */
class RecordedDayTests {

    private static final Instrument BTC = new Instrument("lived", "BTCUSDT");

    private static final String LONGER = """
            insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final, rank,
              revision)
            select feed, symbol, '%s', date_bin('%d minutes', ts, timestamptz '2021-01-01Z') as bucket,
              (array_agg(open order by ts))[1], max(high), min(low), (array_agg(close order by ts desc))[1], 1, 'given',
              true, 4, 1
            from market.candle where feed = 'lived' and timeframe = 'M1' group by feed, symbol, bucket""";

    private static final String SIGNALS = """
            select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z" ') || side from strategy.decision
            where bot = :bot and side <> 'hold' order by at""";

    private static final String DECISIONS = "select count(*)::text from strategy.decision where bot = :bot";

    private static final String ENTRIES = """
            select concat_ws(' ', (extract(epoch from decided_at) * 1000)::bigint, side, state, nullif(reason, ''))
            from strategy.order_ where bot = :bot and purpose = 'open' and state <> 'new' order by decided_at""";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final CrashDay day = new CrashDay();

    private final UUID person = UUID.randomUUID();

    private final Map<String, UUID> bots = new TreeMap<>();

    private final Map<String, String> settings = CrashDay.settings(true, BTC);

    private final TradingPipelineHarness harness = new TradingPipelineHarness(BTC);

    RecordedDayTests() {
        StoredMinutes.storeFile(StrategyDatabase.shared().market(), BTC.feed(), BTC.symbol(), CrashDay.FILE);
        executeAsAdmin(LONGER.formatted("M5", 5));
        executeAsAdmin(LONGER.formatted("M15", 15));
        executeAsAdmin("""
                insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time)
                values ('lived', 'mid', 'UTC', 1000, 'always', true) on conflict (feed) do nothing""");
        this.database.sql("""
                insert into strategy.account (id, money, person, broker, currency, balance, max_stake, max_exposure,
                  daily_loss, max_drawdown, max_gales, created_at)
                values (:id, 'paper', :id, 'paper', 'USD', 1e9, 1e9, 1e9, 1e9, 1e9, 2, now())""")
            .param("id", this.person)
            .update();
        this.settings.forEach((name, settingsJson) -> this.bots.put(name, add(name, settingsJson)));
    }

    private static void executeAsAdmin(String sql) {
        StrategyDatabase.shared().market().execute(sql);
    }

    private UUID add(String name, String settingsJson) {
        UUID bot = UUID.randomUUID();
        this.database.sql("""
                insert into strategy.bot (id, person, name, kind, account, money, settings, state, version, created_at,
                  changed_at)
                values (:bot, :person, :name, 'spot', :person, 'paper', cast(:settings as jsonb), 'running',
                  nextval('strategy.bot_version'), now(), now())""")
            .param("bot", bot)
            .param("person", this.person)
            .param("name", name)
            .param("settings", settingsJson)
            .update();
        return bot;
    }

    @AfterEach
    void stop() {
        this.database.sql("update strategy.bot set state = 'stopped' where person = ?").param(this.person).update();
        this.database.sql("delete from strategy.event where person = ?").param(this.person).update();
    }

    @Test
    void isSaidAndTradedAsItsBacktestsSay() throws SQLException, IOException {
        List<Candle> minutes = this.day.minutes(BTC);
        Random random = new Random(519);
        for (int start = 0; start < minutes.size();) {
            int end = Math.min(minutes.size(), start + 1 + random.nextInt(10));
            this.harness.readFrom(minutes.subList(start, end));
            start = end;
            if (random.nextInt(30) == 0) {
                this.harness.restart();
            }
        }
        List<String> lines = new ArrayList<>();
        SoftAssertions softly = new SoftAssertions();
        this.bots.forEach((name, bot) -> {
            TradingPlan.Spot plan = CrashDay.plan(Objects.requireNonNull(this.settings.get(name)));
            CrashDay.Tried backtest = this.day.backtest(plan);
            softly.assertThat(this.harness.queryStrings(DECISIONS, bot))
                .as(name + " decides at each close, that of the day before included")
                .containsExactly(String.valueOf(24 * 60 / plan.strategy().timeframe().minutes() + 1));
            softly.assertThat(this.harness.queryStrings(SIGNALS, bot)).as(name + " says").isEqualTo(backtest.signals());
            softly.assertThat(trades(bot)).as(name + " trades").isEqualTo(backtest.trades());
            List<String> entries = this.harness.queryStrings(ENTRIES, bot);
            softly.assertThat(entries)
                .as(name + " opens within its cap alone")
                .isEqualTo(entries.stream().map((entry) -> expectedOutcome(entry, plan)).toList());
            lines.add(line(name, backtest, entries));
        });
        Files.write(Path.of("target", "recorded-day.txt"), lines);
        softly.assertAll();
        assertThat(lines).as("each has entries beyond its cap").noneMatch((line) -> line.contains(" 0 beyond"));
        assertThat(lines).as("and most have many stops")
            .filteredOn((line) -> line.matches(".* [1-9]\\d+ stops.*"))
            .hasSizeGreaterThan(3);
    }

    /** Returns the expected outcome of an entry that no protection rejects. */
    private String expectedOutcome(String entry, TradingPlan.Spot plan) {
        String[] parts = entry.split(" ", -1);
        long decidedAt = Long.parseLong(parts[0]);
        String state = entry.endsWith(" refused protection") ? "refused protection"
                : this.day.isBeyondCap(plan, parts[1].equals("buy"), decidedAt) ? "rejected nothing_filled" : "filled";
        return "%d %s %s".formatted(decidedAt, parts[1], state);
    }

    private static String line(String name, CrashDay.Tried backtest, List<String> entries) {
        List<Trade> trades = backtest.trades();
        return "%s: %d signals, %d trades, %d stops, %d takes, %d ambiguous, %d beyond the cap, %d refused by protections"
            .formatted(name, backtest.signals().size(), trades.size(), count(trades, ExitDecision.Reason.STOP),
                    count(trades, ExitDecision.Reason.TAKE), trades.stream().filter(Trade::ambiguous).count(),
                    entries.stream().filter((entry) -> entry.endsWith("nothing_filled")).count(),
                    entries.stream().filter((entry) -> entry.endsWith("protection")).count());
    }

    private static long count(List<Trade> trades, ExitDecision.Reason reason) {
        return trades.stream().filter((trade) -> trade.reason() == reason).count();
    }

    private List<Trade> trades(UUID bot) {
        return this.database.sql("select * from strategy.trade where bot = ? order by opened_at")
            .param(bot)
            .query((row, number) -> new Trade(row.getString("side").equals("buy"),
                    row.getTimestamp("opened_at").getTime(), Prices.of(row.getBigDecimal("entry")),
                    row.getTimestamp("closed_at").getTime(), Prices.of(row.getBigDecimal("exit")),
                    Prices.of(row.getBigDecimal("amount")), Prices.of(row.getBigDecimal("fees")),
                    Prices.of(row.getBigDecimal("profit")),
                    ExitDecision.Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                    row.getBoolean("ambiguous")))
            .list();
    }

}
