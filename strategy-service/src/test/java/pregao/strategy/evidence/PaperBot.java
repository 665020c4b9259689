package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.rule.Strategy;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.candle.StoredMinutes;
import pregao.strategy.json.ExactJson;
import pregao.strategy.signal.NameBasedUuid;

/**
 * A paper bot on the minutes of a random walk. The test writes its records in place of
 * the consumer.
 */
final class PaperBot {

    static final String FEED = "binance";

    static final String SYMBOL = "BTCUSDT";

    private static final Instrument INSTRUMENT = new Instrument(FEED, SYMBOL);

    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private static final int WARM_UP_MINUTES = 1_200;

    private static final int MINUTES = 3_200;

    private static final BarSeries BARS = createBars();

    private static final NavigableMap<Long, String> SIGNALS = new TreeMap<>();

    private static final List<Trade> TRADES = createTrades();

    private final ApiClient api;

    private final UUID id;

    PaperBot(ApiClient api) {
        this(api, "walker", "\"strategy\":\"rsi-40-60\",\"stake\":100");
    }

    /** Creates a bot with a plan, given as fields of the request. */
    PaperBot(ApiClient api, String plan) {
        this(api, UUID.randomUUID().toString(), plan);
    }

    private PaperBot(ApiClient api, String name, String plan) {
        this.api = api;
        String body = "{\"name\":\"%s\",%s,\"instruments\":[{\"feed\":\"%s\",\"symbol\":\"%s\"}]}".formatted(name, plan,
                FEED, SYMBOL);
        this.id = UUID.fromString(api.post("/api/bots", body).body().path("id").stringValue());
        api.post(path("/start"), null);
    }

    private static BarSeries createBars() {
        StoredMinutes.storeRandomWalk(StrategyDatabase.shared().market(), FEED, SYMBOL, START, MINUTES);
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set revision = 1 where feed = '%s' and symbol = '%s'".formatted(FEED,
                    SYMBOL));
        long[][] columns = new long[5][MINUTES];
        try (Connection connection = StrategyDatabase.shared().pool().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select ts, open, high, low, close from market.candle where feed = ? and symbol = ? and timeframe = 'M1' order by ts")) {
            statement.setString(1, FEED);
            statement.setString(2, SYMBOL);
            try (ResultSet row = statement.executeQuery()) {
                for (int i = 0; row.next(); i++) {
                    columns[0][i] = row.getTimestamp(1).getTime();
                    for (int j = 1; j < columns.length; j++) {
                        columns[j][i] = Prices.of(row.getBigDecimal(j + 1));
                    }
                }
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return new BarSeries(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    private static List<Trade> createTrades() {
        BacktestConfig config = new BacktestConfig(Strategy.rsi(Timeframe.M1), IndicatorConvention.PLAIN,
                new BigDecimal(100_000), new BigDecimal(100),
                TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO), 365, List.of());
        return new Backtest(config)
            .listen(BARS, new BacktestWindow(WARM_UP_MINUTES - 1_024, WARM_UP_MINUTES, MINUTES),
                    (time, signal) -> SIGNALS.put(time, signal.name().toLowerCase(java.util.Locale.ROOT)))
            .trades()
            .stream()
            .filter((trade) -> trade.reason() != ExitDecision.Reason.END)
            .toList();
    }

    UUID id() {
        return this.id;
    }

    String path(String suffix) {
        return "/api/bots/" + this.id + suffix;
    }

    /** Returns a modifiable list of the trades of the backtest. */
    static List<Trade> backtestTrades() {
        return new ArrayList<>(TRADES);
    }

    /** Returns the close that led to a trade. */
    static long decidedAt(Trade trade) {
        return Objects.requireNonNull(SIGNALS.floorKey(trade.openedAt()));
    }

    /** Returns a minute without an open position. */
    static long idleMinute() {
        for (int i = 1; i < TRADES.size(); i++) {
            long closeMillis = TRADES.get(i - 1).closedAt();
            if (TRADES.get(i).openedAt() - closeMillis > 240_000) {
                return closeMillis + 120_000;
            }
        }
        throw new IllegalStateException("there is always something held");
    }

    /** Returns the end of the last observed minute. */
    static long endMillis() {
        return BARS.times()[MINUTES - 1] + 60_000;
    }

    /** Inserts a decision for each close, except some. */
    PaperBot withDecisions(List<Long> skipped) {
        List<Object[]> rows = new ArrayList<>();
        for (long closeMillis = BARS.times()[WARM_UP_MINUTES]; closeMillis <= endMillis(); closeMillis += 60_000) {
            if (!skipped.contains(closeMillis)) {
                rows.add(new Object[] { this.id, toOffsetDateTime(closeMillis), FEED, SYMBOL,
                        NameBasedUuid.of(this.id, INSTRUMENT, closeMillis, "decision"),
                        SIGNALS.getOrDefault(closeMillis, "hold"), "", "{}" });
            }
        }
        insert("insert into strategy.decision (bot, at, feed, symbol, id, side, reason, inputs) values "
                + "(?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))", rows);
        return this;
    }

    PaperBot withTrades(List<Trade> trades) {
        List<Object[]> rows = new ArrayList<>();
        for (Trade trade : trades) {
            rows.add(new Object[] { UUID.randomUUID(), this.api.person(), paperAccount(), this.id, FEED, SYMBOL,
                    trade.isLong() ? "buy" : "sell", toOffsetDateTime(trade.openedAt()),
                    toOffsetDateTime(trade.closedAt()), Prices.toDecimal(trade.entry()), Prices.toDecimal(trade.exit()),
                    Prices.toDecimal(trade.quantity()), Prices.toDecimal(trade.fees()),
                    Prices.toDecimal(trade.profit()), trade.reason().name().toLowerCase(java.util.Locale.ROOT),
                    trade.ambiguous() });
        }
        insert("insert into strategy.trade (id, person, account, money, bot, feed, symbol, kind, side, opened_at, "
                + "closed_at, entry, exit, amount, level, fees, profit, worth, reason, ambiguous) values "
                + "(?, ?, ?, 'paper', ?, ?, ?, 'spot', ?, ?, ?, ?, ?, ?, 0, ?, ?, 100, ?, ?)", rows);
        return this;
    }

    void rejectOrder(long decidedAt, String reason) {
        rejectOrder(decidedAt, "open", reason);
    }

    void rejectOrder(long decidedAt, String leg, String reason) {
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] { NameBasedUuid.of(this.id, INSTRUMENT, decidedAt, leg), this.api.person(),
                paperAccount(), this.id, FEED, SYMBOL, reason, toOffsetDateTime(decidedAt), toOffsetDateTime(decidedAt),
                toOffsetDateTime(decidedAt) });
        insert("insert into strategy.order_ (id, person, account, money, bot, feed, symbol, kind, side, purpose, amount, "
                + "risk, level, state, reason, message, decided_at, told, created_at, changed_at) values (?, ?, ?, "
                + "'paper', ?, ?, ?, 'spot', 'buy', 'open', 1, 1, 0, 'refused', ?, 'The limits do not allow it', ?, "
                + "true, ?, ?)", rows);
    }

    private UUID paperAccount() {
        return UUID.fromString(this.api.get(path("")).body().path("account").stringValue());
    }

    private static void insert(String sql, List<Object[]> rows) {
        try (Connection connection = StrategyDatabase.shared().pool().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Object toOffsetDateTime(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    /** Creates a report and waits for its end. */
    JsonNode createReport() {
        ApiClient.Answer response = this.api.post(path("/evidence"), null);
        if (response.status() != 202) {
            throw new AssertionError(response.toString());
        }
        String path = path("/evidence/" + response.body().path("id").stringValue());
        return Awaitility.await("the report")
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> this.api.get(path).body(),
                    (report) -> !report.path("state").stringValue().matches("waiting|running"));
    }

    /** Returns the body of a promotion request. */
    static String promotionBody(String evidence, UUID account, String money) {
        return "{\"evidence\":\"%s\",\"account\":\"%s\",\"money\":\"%s\",\"confirm\":\"walker\"}".formatted(evidence,
                account, money);
    }

    /** Returns the difference with a cause, or an empty object. */
    static JsonNode findDifference(JsonNode report, String cause) {
        return report.path("differences")
            .values()
            .stream()
            .filter((difference) -> cause.equals(difference.path("why").stringValue()))
            .findFirst()
            .orElseGet(ExactJson::createObject);
    }

}
