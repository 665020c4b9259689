package pregao.system;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.devcluster.InstallationCredentials;
import pregao.devcluster.replay.ReplayPlan;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bots through the whole system: what they do live on paper is what a backtest of the
 * same time says, one for one.
 */
@SystemTest
class BotSystemTests {

    private static final String BTCUSDT = "btcusdt_m1_2021-04_05_binance.csv.gz";

    /** At its close, the midnight at which trading begins, the first decision is made. */
    private static final String BEGIN = "2021-05-18T23:59:00";

    @TempDir
    private Path folder;

    @Test
    void aRecordedDayIsTradedAsItsBacktestSays(SystemUnderTest system) throws InterruptedException {
        Trader feed = system.trader("bot", Feeds.RECORDED);
        Http person = person(system);
        List<String> before = rows("2021-05-18T00:00:00", BEGIN);
        List<String> day = rows(BEGIN, "2021-05-20T00:00:00");
        system.replay(feed, ReplayPlan.of(RecordedData.slice(this.folder, BTCUSDT, before)));
        CandleAssertions.awaitStored(system, feed, "BTCUSDT");
        ConsumerProgress.awaitDecided(system, Topic.INDICATOR);
        String bot = started(person, feed.feed());
        TimeUnit.SECONDS.sleep(1); // within a second of its start a bot is at work

        system.replay(feed, ReplayPlan.of(RecordedData.slice(this.folder, BTCUSDT, day)));
        Await.see("the last minute to be decided on", Await.REQUEST_TIMEOUT,
                () -> person.get("/api/signals?hold=true&limit=1&bot=" + bot).json().at("/items/0/at").asString(""),
                "2021-05-20T00:00:00Z"::equals);

        List<String> signals = new ArrayList<>();
        BacktestReport expected = expected(before, day, signals, 1000);
        assertThat(expected.trades()).as("a day on which something happened").hasSizeGreaterThan(20);
        assertThat(items(person, "/api/signals?bot=" + bot).stream().map(BotSystemTests::signal).toList().reversed())
            .isEqualTo(signals);
        List<String> live = items(person, "/api/trades?bot=" + bot).stream()
            .map(BotSystemTests::trade)
            .toList()
            .reversed();
        assertThat(live).isEqualTo(expected.trades()
            .stream()
            .filter((trade) -> trade.reason() != pregao.market.spot.ExitDecision.Reason.END)
            .map(BotSystemTests::trade)
            .toList());

        List<String> tried = backtest(person, feed.feed());
        assertThat(tried.subList(0, live.size())).isEqualTo(live);
        assertThat(tried.size() - live.size()).as("what is still held at the end").isBetween(0, 1);
        evidence(person, bot, live.size());
    }

    /** What was traded live is what the stored candles say, and the report says so. */
    private static void evidence(Http person, String bot, int trades) {
        Answer answer = person.post("/api/bots/" + bot + "/evidence", new byte[0]);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        String path = "/api/bots/" + bot + "/evidence/" + answer.json().path("id").asString();
        Await.see("the report to be done", () -> person.get(path).json().path("state").asString(), "done"::equals);
        JsonNode report = person.get(path).json().path("report");
        assertThat(report.path("differences").size()).as(report.toString()).isZero();
        assertThat(report.path("same").intValue()).isEqualTo(trades);
        assertThat(report.at("/sentences/en/0").asString())
            .isEqualTo("%d of %1$d trades on paper are those of the backtest.".formatted(trades));
        assertThat(report.path("paper")).isEqualTo(report.path("backtest"));
    }

    @Test
    void anotherPersonsBotIsNotThere(SystemUnderTest system) {
        Http person = person(system);
        String bot = started(person, "mt5");
        Http stranger = UserSystemTests.newcomer(system);
        for (String path : List.of("/api/bots/" + bot, "/api/orders/" + bot)) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.post("/api/bots/" + bot + "/stop", new byte[0]).status()).isEqualTo(404);
        assertThat(person.post("/api/bots/" + bot + "/stop", new byte[0]).status()).isEqualTo(200);
    }

    private static String started(Http person, String feed) {
        Answer answer = person.post("/api/bots", bytes(Map.of("name", "day " + feed, "strategy", "rsi-40-60", "stake",
                1000, "instruments", List.of(Map.of("feed", feed, "symbol", "BTCUSDT")))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        String bot = answer.json().path("id").asString();
        assertThat(person.post("/api/bots/" + bot + "/start", new byte[0]).json().path("state").asString())
            .isEqualTo("running");
        return bot;
    }

    private static List<String> backtest(Http person, String feed) {
        Answer answer = person.post("/api/backtests",
                bytes(Map.of("kind", "single", "symbol", "BTCUSDT", "feed", feed, "from", "2021-05-19T00:00:00Z", "to",
                        "2021-05-20T00:00:00Z", "capital", 100_000, "money", 1000, "fee", new BigDecimal("0.001"),
                        "strategy", "rsi-40-60")));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        String path = "/api/backtests/" + answer.json().path("id").asString();
        Await.see("the backtest to be done", () -> person.get(path).json().path("state").asString(), "done"::equals);
        return items(person, path + "/trades?limit=1000").stream().map(BotSystemTests::trade).toList();
    }

    /** The same by the classes alone, from the recorded rows. */
    static BacktestReport expected(List<String> before, List<String> day, List<String> signals, int money) {
        List<Candle> candles = new ArrayList<>();
        before.forEach((row) -> candles.add(candle(row)));
        day.forEach((row) -> candles.add(candle(row)));
        BacktestConfig settings = new BacktestConfig(Strategy.rsi(Timeframe.M1), IndicatorConvention.PLAIN,
                new BigDecimal(100_000), new BigDecimal(money),
                TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO), 365, List.of());
        long begin = Instant.parse("2021-05-19T00:00:00Z").toEpochMilli();
        return new Backtest(settings).listen(BarSeries.of(candles),
                new BacktestWindow(0, before.size() + 1, candles.size()), (time, signal) -> {
                    if (time >= begin) {
                        signals
                            .add("%s %s".formatted(Instant.ofEpochMilli(time), signal.name().toLowerCase(Locale.ROOT)));
                    }
                });
    }

    private static Candle candle(String row) {
        String[] fields = row.split(",", -1);
        return new Candle(new Instrument("file", "BTCUSDT"), Timeframe.M1, Instant.parse(fields[1]).toEpochMilli(),
                price(fields[2]), price(fields[3]), price(fields[4]), price(fields[5]), BigDecimal.ONE, null,
                CandleSource.GIVEN, true, 1);
    }

    private static long price(String text) {
        return Prices.of(new BigDecimal(text));
    }

    static List<String> rows(String from, String to) {
        return RecordedData.lines(BTCUSDT, (line) -> {
            String time = line.substring(line.indexOf(',') + 1).substring(0, from.length());
            return time.compareTo(from) >= 0 && time.compareTo(to) < 0;
        });
    }

    private static String signal(JsonNode item) {
        return item.path("at").asString() + " " + item.path("side").asString();
    }

    static String trade(JsonNode item) {
        return "%s %s %s %s %s %s".formatted(item.path("opened_at").asString(), plain(item, "entry"),
                item.path("closed_at").asString(), plain(item, "exit"), plain(item, "profit"),
                item.path("reason").asString());
    }

    static String trade(pregao.market.spot.Trade trade) {
        return "%s %s %s %s %s %s".formatted(Instant.ofEpochMilli(trade.openedAt()), Prices.toText(trade.entry()),
                Instant.ofEpochMilli(trade.closedAt()), Prices.toText(trade.exit()), Prices.toText(trade.profit()),
                trade.reason().name().toLowerCase(Locale.ROOT));
    }

    private static String plain(JsonNode item, String field) {
        return Prices.toText(Prices.of(item.path(field).decimalValue()));
    }

    /** All pages. */
    static List<JsonNode> items(Http person, String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = person.get(path + cursor);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            all.addAll(List.copyOf(answer.json().path("items").values()));
            String next = answer.json().path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        }
        while (!cursor.isEmpty());
        return all;
    }

    static Http person(SystemUnderTest system) {
        Http nobody = new Http(system.url(), "Content-Type", "application/json");
        Answer admin = nobody.post("/api/auth/login", bytes(Map.of("email", InstallationCredentials.ADMIN, "password",
                new InstallationCredentials(Path.of("target", "pregao").toAbsolutePath()).adminPassword())));
        assertThat(admin.status()).as(admin.toString()).isEqualTo(200);
        return nobody.with("Authorization", "Bearer " + admin.json().path("access_token").asString());
    }

    static byte[] bytes(Map<String, ?> fields) {
        return JsonMapper.shared().writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    }

}
