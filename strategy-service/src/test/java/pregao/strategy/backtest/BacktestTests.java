package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.json.ExactJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for backtests through the API of the running service.
 */
class BacktestTests {

    private static final BacktestDriver DRIVER = BacktestDriver.shared();

    private static final Instant FROM = BacktestDriver.BEGIN.plusSeconds(120_000);

    private static final Instant TO = BacktestDriver.BEGIN.plusSeconds(900_000);

    private static final String RSI = "\"rsi-40-60\"";

    private static String single() {
        return BacktestDriver.single(RSI, FROM, TO);
    }

    private static byte[] bytes(BacktestDriver driver, String path) {
        return BacktestDriver.bytes(driver.call(HttpMethod.GET, path + "/report", null));
    }

    @Test
    void reportsInFull() {
        JsonNode report = DRIVER.runBacktest(single());
        assertThat(report.propertyNames()).containsExactly("kind", "settings", "data", "code", "result", "trades_kept",
                "equity");
        assertThat(report.path("result").propertyNames()).contains("bars", "trades", "profit", "return", "drawdown",
                "exposure", "sharpe", "sortino", "profit_factor", "expectancy", "win_rate", "chance", "break_even",
                "interval");
        assertThat(report.path("result").path("trades").intValue()).isPositive();
        JsonNode data = report.path("data");
        assertThat(data.path("bars").intValue()).isEqualTo(13_000);
        assertThat(data.path("warm_up").intValue()).isEqualTo(1_024);
        assertThat(data.path("first").stringValue()).isEqualTo(FROM.toString());
        assertThat(data.path("last").stringValue()).isEqualTo(TO.minusSeconds(60).toString());
        assertThat(data.path("highest_revision").intValue()).isEqualTo(3);
        assertThat(data.path("revised").intValue()).isBetween(130, 141);
        assertThat(report.path("code").path("version").stringValue()).isEqualTo("0.1.0");
        assertThat(report.path("code").path("engine").stringValue()).matches("[0-9a-f]{64}");
        assertThat(report.path("settings").path("strategy").path("name").stringValue()).isEqualTo("RSI 40/60");
        assertThat(report.path("equity").size()).isBetween(500, 1_000);
        double last = report.path("equity").get(report.path("equity").size() - 1).path("equity").doubleValue();
        assertThat(last).isCloseTo(1_000 + report.path("result").path("profit").doubleValue(), within(1e-6));
    }

    @Test
    void repeatsBitForBitAlsoAfterARestart() {
        String firstPath = DRIVER.createBacktest(single());
        String secondPath = DRIVER.createBacktest(single());
        DRIVER.awaitEnd(firstPath);
        DRIVER.awaitEnd(secondPath);
        byte[] report = bytes(DRIVER, firstPath);
        assertThat(report).isEqualTo(bytes(DRIVER, secondPath)).isNotEmpty();
        BacktestDriver restarted = DRIVER.startAnother();
        assertThat(bytes(restarted, firstPath)).isEqualTo(report);
        String thirdPath = restarted.createBacktest(single());
        restarted.awaitEnd(thirdPath);
        assertThat(bytes(restarted, thirdPath)).isEqualTo(report);
    }

    @Test
    void anETagIsTheHashOfWhatIsAnswered() {
        String path = DRIVER.createBacktest(single());
        JsonNode item = DRIVER.awaitEnd(path);
        EntityExchangeResult<byte[]> report = DRIVER.call(HttpMethod.GET, path + "/report", null);
        String hash = EngineFingerprint.sha256(BacktestDriver.bytes(report));
        assertThat(report.getResponseHeaders().getFirst(HttpHeaders.ETAG)).isEqualTo("\"" + hash + "\"");
        assertThat(item.path("sha256").stringValue()).isEqualTo(hash);
        for (String from : List.of(path, path + "/report")) {
            assertThat(BacktestDriver
                .status(DRIVER.call(HttpMethod.GET, from, null, HttpHeaders.IF_NONE_MATCH, "\"" + hash + "\"")))
                .isEqualTo(304);
        }
    }

    @Test
    void showsTradesPageByPage() {
        String path = DRIVER.createBacktest(single());
        JsonNode report = DRIVER.awaitEnd(path).path("report");
        List<JsonNode> trades = trades(path, 7);
        assertThat(trades).hasSize(report.path("result").path("trades").intValue());
        assertThat(trades.stream()
            .map((trade) -> trade.path("profit").decimalValue())
            .reduce(BigDecimal.ZERO, BigDecimal::add))
            .isEqualByComparingTo(report.path("result").path("profit").decimalValue());
        assertThat(trades).extracting((trade) -> trade.path("opened_at").stringValue()).isSorted();
    }

    private static List<JsonNode> trades(String path, int limit) {
        List<JsonNode> trades = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = BacktestDriver
                .json(DRIVER.call(HttpMethod.GET, path + "/trades?limit=" + limit + cursor, null));
            trades.addAll(page.path("items").values());
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").stringValue();
        }
        return trades;
    }

    /** Cuts off the future at random points: earlier trades must stay the same. */
    @Test
    void doesNotLookAhead() {
        String strategy = "{\"name\":\"x\",\"timeframe\":\"M5\",\"buy\":{\"all\":[{\"below\":[\"rsi\",45]},"
                + "{\"crossed_above\":[\"close\",\"bb_lower\"]}]},\"sell\":{\"any\":[{\"crossed_below\":[\"macd\",\"macd_signal\"]},"
                + "{\"above\":[\"atr\",5]}]},\"stop\":0.01,\"take\":0.01,\"shorts\":true}";
        String whole = DRIVER.createBacktest(BacktestDriver.single(strategy, FROM, TO));
        DRIVER.awaitEnd(whole);
        List<JsonNode> allTrades = trades(whole, 1_000);
        assertThat(allTrades).hasSizeGreaterThan(10);
        Random random = new Random(5);
        for (int i = 0; i < 5; i++) {
            Instant cut = FROM.plusSeconds(60L * (1_000 + random.nextInt(11_000)));
            String part = DRIVER.createBacktest(BacktestDriver.single(strategy, FROM, cut));
            DRIVER.awaitEnd(part);
            assertThat(
                    trades(part, 1_000).stream().filter((trade) -> !"end".equals(trade.path("reason").stringValue())))
                .isEqualTo(allTrades.stream()
                    .filter((trade) -> Instant.parse(trade.path("closed_at").stringValue()).isBefore(cut))
                    .toList());
        }
    }

    @Test
    void aPointOfASweepIsWhatComesOfItAlone() {
        JsonNode report = DRIVER.runBacktest(toSweep(single(), """
                "sweep":{"parameters":[{"path":"buy.at_or_below[1]","from":30,"to":45,"step":5},\
                {"path":"stop","values":[0.01,0.03]}],"by":"return","least_trades":1,"top":3}"""));
        JsonNode sweep = report.path("sweep");
        assertThat(sweep.path("points").intValue()).isEqualTo(8);
        assertThat(sweep.path("compared").intValue()).isEqualTo(8);
        assertThat(sweep.path("luck").path("tried").intValue()).isEqualTo(8);
        assertThat(sweep.path("spread").path("quantiles").propertyNames()).contains("0", "50", "100");
        assertThat(sweep.path("top").size()).isEqualTo(3);
        for (JsonNode point : sweep.path("top")) {
            String strategy = """
                    {"name":"RSI 40/60","timeframe":"M1","buy":{"at_or_below":["rsi",%s]},"sell":{"at_or_above":["rsi",60]},\
                    "stop":%s,"take":0.02}"""
                .formatted(point.path("values").path("buy.at_or_below[1]"), point.path("values").path("stop"));
            assertThat(DRIVER.runBacktest(BacktestDriver.single(strategy, FROM, TO)).path("result"))
                .isEqualTo(point.path("result"));
        }
        assertThat(report.path("result")).as("the best in full").isEqualTo(sweep.path("top").get(0).path("result"));
    }

    private static String toSweep(String single, String more) {
        return single.replace("\"single\"", "\"sweep\"").replace("\"capital\"", more + ",\"capital\"");
    }

    @Test
    void walksForward() {
        JsonNode report = DRIVER.runBacktest(toSweep(single(),
                """
                        "sweep":{"parameters":[{"path":"buy.at_or_below[1]","from":20,"to":45,"step":0.05}],"points":5,"seed":3,\
                        "least_trades":1},"walk_forward":{"learn":"P3D","try":"P2D"}""")
            .replace("\"sweep\",", "\"walk_forward\","));
        assertThat(report.path("folds").size()).isEqualTo(4);
        assertThat(report.path("points").intValue()).isEqualTo(5);
        int tradeCount = 0;
        for (JsonNode fold : report.path("folds")) {
            tradeCount += fold.path("tried").path("trades").intValue();
        }
        assertThat(report.path("result").path("trades").intValue()).isEqualTo(tradeCount).isPositive();
    }

    @Test
    void betsOnOptions() {
        String body = """
                {"kind":"options","feed":"walk","symbol":"AAA","from":"%s","to":"%s","capital":1000,"options":\
                {"pattern":"Minoria","stake":1,"levels":[1,2.1,4.4],"payout":0.87,"equals":"as_lost"}}"""
            .formatted(FROM, TO);
        JsonNode report = DRIVER.runBacktest(body);
        JsonNode rate = report.path("result").path("cycle_rate");
        assertThat(rate.path("sample").intValue()).isGreaterThan(2_000);
        assertThat(rate.path("rate").doubleValue()).isBetween(0.8, 0.95);
        assertThat(rate.path("chance").doubleValue()).isBetween(0.86, 0.89);
        assertThat(rate.path("break_even").doubleValue()).isBetween(0.89, 0.91);
        assertThat(rate.path("interval").size()).isEqualTo(2);
        assertThat(report.path("equity").size()).isBetween(500, 1_000);
    }

    @Test
    void isCalledOffAndForgotten() {
        String path = DRIVER.createBacktest(toSweep(single(), """
                "sweep":{"parameters":[{"path":"stop","from":0.0001,"to":0.09,"step":0.0001},\
                {"path":"take","from":0.0001,"to":0.09,"step":0.0001}],"points":100000}"""));
        Awaitility.await("the sweep to run")
            .atMost(Duration.ofSeconds(60))
            .until(() -> BacktestDriver.json(DRIVER.call(HttpMethod.GET, path, null)).path("done").intValue() > 0);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.DELETE, path, null))).isEqualTo(204);
        assertThat(DRIVER.awaitEnd(path).path("state").stringValue()).isEqualTo("cancelled");
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path + "/report", null))).isEqualTo(404);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.DELETE, path, null))).isEqualTo(204);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path, null))).isEqualTo(404);
    }

    @Test
    void saysPlainlyThatThereIsNothing() {
        JsonNode item = DRIVER
            .awaitEnd(DRIVER.createBacktest(BacktestDriver.single(RSI, FROM, TO).replace("\"AAA\"", "\"ZZZ\"")));
        assertThat(item.path("state").stringValue()).isEqualTo("failed");
        assertThat(item.path("failure").stringValue()).startsWith("There are no final M1 candles of walk|ZZZ");
        JsonNode flat = DRIVER
            .runBacktest(BacktestDriver.single(RSI.replace("rsi-40-60", "macd-cross"), FROM, FROM.plusSeconds(600)));
        assertThat(flat.path("result").path("win_rate").isNull()).isTrue();
        assertThat(flat.path("result").path("undefined").path("win_rate").stringValue())
            .isEqualTo("there are no trades");
        assertThat(ExactJson.write(flat)).doesNotContain("NaN");
    }

    @Test
    void theSameKeyMakesOneJob() {
        String key = UUID.randomUUID().toString();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(BacktestDriver
                .json(DRIVER.call(HttpMethod.POST, "/api/backtests", single(), "Idempotency-Key", key))
                .path("id")
                .stringValue());
        }
        assertThat(ids.getFirst()).isEqualTo(ids.getLast());
        EntityExchangeResult<byte[]> response = DRIVER.call(HttpMethod.POST, "/api/backtests",
                single().replace("1000", "1001"), "Idempotency-Key", key);
        assertThat(BacktestDriver.status(response)).isEqualTo(422);
        assertThat(BacktestDriver.json(response).path("type").stringValue()).isEqualTo("/problems/key-reused");
    }

    @Test
    void whatIsSomebodyElsesIsNotThere() {
        String path = DRIVER.createBacktest(single());
        DRIVER.awaitEnd(path);
        UUID stranger = UUID.randomUUID();
        for (String resource : List.of(path, path + "/report", path + "/trades")) {
            assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, resource, null, stranger))).isEqualTo(404);
        }
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.DELETE, path, null, stranger))).isEqualTo(404);
        assertThat(BacktestDriver.json(DRIVER.call(HttpMethod.GET, "/api/backtests", null, stranger)).path("items"))
            .isEmpty();
        assertThat(
                BacktestDriver.json(DRIVER.call(HttpMethod.GET, "/api/backtests?limit=1", null)).path("items").size())
            .isOne();
    }

    @Test
    void keepsStrategiesAndTriesThem() {
        String path = "/api/backtests/strategies/" + UUID.randomUUID();
        ObjectNode strategy = (ObjectNode) BacktestDriver
            .json(DRIVER.call(HttpMethod.GET, "/api/backtests/strategies/rsi-30-70", null))
            .path("strategy");
        strategy.put("name", "Mine");
        String text = ExactJson.write(strategy);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.PUT, path, text))).isEqualTo(200);
        JsonNode stored = BacktestDriver.json(DRIVER.call(HttpMethod.PUT, path, text));
        assertThat(ExactJson.write(stored.path("strategy"))).isEqualTo(text);
        String id = stored.path("id").stringValue();
        JsonNode list = BacktestDriver.json(DRIVER.call(HttpMethod.GET, "/api/backtests/strategies", null));
        assertThat(list.path("items").values()).extracting((item) -> item.path("id").stringValue())
            .contains("rsi-40-60", id);
        assertThat(
                DRIVER.runBacktest(BacktestDriver.single("\"" + id + "\"", FROM, TO)).path("settings").path("strategy"))
            .isEqualTo(strategy);
        UUID stranger = UUID.randomUUID();
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path, null, stranger))).isEqualTo(404);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.POST, "/api/backtests",
                BacktestDriver.single("\"" + id + "\"", FROM, TO), stranger)))
            .isEqualTo(422);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.DELETE, path, null, stranger))).isEqualTo(404);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.DELETE, path, null))).isEqualTo(204);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path, null))).isEqualTo(404);
        EntityExchangeResult<byte[]> schema = DRIVER.call(HttpMethod.GET, "/api/backtests/strategies/schema", null);
        assertThat(new String(BacktestDriver.bytes(schema), StandardCharsets.UTF_8)).contains("2020-12");
    }

}
