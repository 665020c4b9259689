package pregao.strategy.backtest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the validation of backtest requests.
 */
class BadBacktestTests {

    private static final BacktestDriver DRIVER = BacktestDriver.shared();

    private static final String GOOD = BacktestDriver
        .single("\"rsi-40-60\"", Instant.parse("2024-01-02T00:00:00Z"), Instant.parse("2024-01-03T00:00:00Z"))
        .replace("\"single\"", "\"walk_forward\"")
        .replace("\"capital\":1000", """
                "capital":1000,"spread":0.1,"convention":"mt5","days_a_year":252,"protections":[{"kind":"cooldown",\
                "rest":"PT5M"},{"kind":"stop_guard","lookback":"PT1H","limit":3,"rest":"PT1H","by_symbol":true},\
                {"kind":"max_drawdown","lookback":"PT1H","least":2,"most":0.1,"rest":"PT1H"},{"kind":"low_profit",\
                "lookback":"PT1H","least":2,"required":-0.1,"rest":"PT1H"}],"sweep":{"parameters":[{"path":"stop",\
                "from":0.01,"to":0.02,"step":0.01},{"path":"buy.at_or_below[1]","values":[30]}],"points":2,"seed":1,\
                "by":"calmar","least_trades":1,"top":5},"walk_forward":{"learn":"PT12H","try":"PT6H"}""");

    private static final String OPTIONS = """
            {"kind":"options","symbol":"AAA","from":"2024-01-02T00:00:00Z","to":"2024-01-03T00:00:00+03:00","capital":100,\
            "options":{"pattern":"MHI 1","stake":1,"levels":[1,2],"payout":0.87,"decimals":2,"equals":"stop"}}""";

    @Test
    void takesTheGoodOnesAndWritesThemInFull() {
        for (String body : List.of(GOOD, OPTIONS)) {
            JsonNode item = BacktestDriver.json(DRIVER.call(HttpMethod.POST, "/api/backtests", body));
            BacktestRequestParser parser = new BacktestRequestParser(
                    new BacktestProperties(5, 100_000, 5_000_000_000L, 10, 1, 1), "", (name) -> null);
            BacktestRequest request = parser.read(item.path("request"));
            assertThat(request).as(parser.errors().toString()).isNotNull();
        }
        JsonNode item = BacktestDriver.json(DRIVER.call(HttpMethod.POST, "/api/backtests", OPTIONS));
        assertThat(item.path("request").path("feed").stringValue()).as("the token's").isEqualTo("mt5");
        assertThat(item.path("request").path("to").stringValue()).isEqualTo("2024-01-02T21:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"walk_forward\",\"feed\" | \"x\",\"feed\" | kind",
            "\"feed\":\"walk\" | \"feed\":\"A B\" | feed", "\"feed\":\"walk\" | \"feed\":\"no-such-feed\" | feed",
            "\"AAA\" | \"A€A\" | symbol", "\"AAA\" | 7 | symbol", "\"rsi-40-60\" | \"rsi\" | strategy",
            "\"rsi-40-60\" | {} | strategy.name", "\"rsi-40-60\" | 7 | strategy",
            "2024-01-02T00:00:00Z | 2024-01-02 | from", "\"2024-01-02T00:00:00Z\" | 1704153600 | from",
            "2024-01-03T00:00:00Z | 2024-01-02T00:00:00Z | to", "2024-01-03T00:00:00Z | 2034-01-02T00:00:00Z | to",
            "\"capital\":1000 | \"capital\":0 | capital", "\"capital\":1000 | \"capital\":\"1000\" | capital",
            "\"capital\":1000 | \"capital\":1e300 | capital", "\"money\":100 | \"money\":1001 | money",
            "\"money\":100 | \"money\":null | money", "\"fee\":0.0001 | \"fee\":-0.1 | fee",
            "\"fee\":0.0001 | \"fee\":0.6 | fee", "\"slippage\":0.00001 | \"slippage\":0.000000001 | slippage",
            "\"spread\":0.1 | \"spread\":[] | spread", "\"mt5\" | \"MT5\" | convention", "252 | 0 | days_a_year",
            "252 | 1.5 | days_a_year", "252 | 367 | days_a_year", "\"cooldown\" | \"warmup\" | protections[0].kind",
            "\"PT5M\" | \"5m\" | protections[0].rest", "\"PT5M\" | \"PT-5M\" | protections[0].rest",
            "\"limit\":3 | \"limit\":0 | protections[1].limit", "true | 1 | protections[1].by_symbol",
            "\"most\":0.1 | \"most\":0 | protections[2].most",
            "\"required\":-0.1 | \"needed\":1 | protections[3].required",
            "\"path\":\"stop\" | \"path\":\"buy\" | sweep.parameters[0].path",
            "\"path\":\"stop\" | \"path\":\"buy.at_or_below[0]\" | sweep.parameters[0].path",
            "\"path\":\"stop\" | \"path\":\"stop.\" | sweep.parameters[0].path",
            "\"from\":0.01 | \"from\":0 | sweep.parameters[0].from",
            "\"step\":0.01 | \"step\":0 | sweep.parameters[0].step",
            "\"to\":0.02 | \"to\":0.001 | sweep.parameters[0].to",
            "\"step\":0.01 | \"step\":0.000001 | sweep.parameters[0].to", "[30] | [] | sweep.parameters[1].values",
            "[30] | [\"a\"] | sweep.parameters[1].values[0]",
            "\"buy.at_or_below[1]\" | \"stop\" | sweep.parameters[1].path",
            "\"points\":2 | \"points\":100001 | sweep.points", "\"seed\":1 | \"seed\":\"x\" | sweep.seed",
            "\"calmar\" | \"luck\" | sweep.by", "\"least_trades\":1 | \"least_trades\":0 | sweep.least_trades",
            "\"top\":5 | \"top\":101 | sweep.top", "PT12H | PT0S | walk_forward.learn",
            "PT12H | PT24H | walk_forward.learn", "PT6H | PT59S | walk_forward.try",
            "\"try\" | \"test\" | walk_forward.try", "\"money\":100 | \"money\":100,\"leverage\":5 | leverage" })
    void namesTheFieldThatIsWrong(String good, String bad, String field) {
        assertRejected(GOOD, good, bad, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "\"MHI 1\" | \"MHI 9\" | options.pattern", "\"stake\":1 | \"stake\":0.001 | options.stake",
                    "[1,2] | [] | options.levels", "[1,2] | [2,1] | options.levels", "[1,2] | [1,-2] | options.levels",
                    "[1,2] | [1,2,4,8,16,32,64] | options.levels", "[1,2] | [1,500] | capital",
                    "0.87 | 0 | options.payout", "\"decimals\":2 | \"decimals\":9 | options.decimals",
                    "\"stop\" | \"wait\" | options.equals", "\"capital\":100 | \"capital\":100,\"money\":1 | money",
                    "\"symbol\":\"AAA\" | \"symbol\":\"\" | symbol" })
    void namesTheFieldOfOptionsThatIsWrong(String good, String bad, String field) {
        assertRejected(OPTIONS, good, bad, field);
    }

    private static void assertRejected(String body, String good, String bad, String field) {
        String text = body.replace(good, bad);
        assertThat(text).isNotEqualTo(body);
        EntityExchangeResult<byte[]> response = DRIVER.call(HttpMethod.POST, "/api/backtests", text);
        assertThat(BacktestDriver.status(response)).isEqualTo(422);
        JsonNode problem = BacktestDriver.json(response);
        assertThat(problem.path("errors").values()).as(problem.toString())
            .extracting((error) -> error.path("field").stringValue())
            .contains(field);
    }

    @Test
    void boundsWhatAllPointsGoThroughTogether() {
        String large = BacktestDriver
            .single("\"rsi-40-60\"", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:00Z"))
            .replace("\"single\"", "\"sweep\"")
            .replace("\"capital\"",
                    "\"sweep\":{\"parameters\":[{\"path\":\"stop\",\"from\":0.001,\"to\":0.9,\"step\":0.001},"
                            + "{\"path\":\"take\",\"from\":0.001,\"to\":0.9,\"step\":0.001}]%s},\"capital\"");
        JsonNode problem = BacktestDriver.json(DRIVER.call(HttpMethod.POST, "/api/backtests", large.formatted("")));
        assertThat(problem.path("errors").get(0).path("field").stringValue()).isEqualTo("sweep.parameters");
        problem = BacktestDriver
            .json(DRIVER.call(HttpMethod.POST, "/api/backtests", large.formatted(",\"points\":5000")));
        assertThat(problem.path("errors").get(0).path("expected").stringValue()).contains("2,000,000,000",
                "10,519,200,000");
    }

    @Test
    void boundsPointsOfLongStrategies() {
        String rule = "{\"above\":[\"rsi\",50]}";
        String any = "{\"any\":[" + (rule + ",").repeat(19) + rule + "]}";
        String strategy = "{\"name\":\"long\",\"timeframe\":\"M1\",\"buy\":%s,\"sell\":%s,\"stop\":0.01}".formatted(any,
                any);
        String body = BacktestDriver
            .single(strategy, Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-01T01:00:00Z"))
            .replace("\"single\"", "\"sweep\"")
            .replace("\"capital\"", "\"sweep\":{\"parameters\":[{\"path\":\"stop\",\"from\":0.001,\"to\":0.9,"
                    + "\"step\":0.001},{\"path\":\"buy.any[3].above[1]\",\"from\":1,\"to\":99,\"step\":1}]},\"capital\"");
        JsonNode problem = BacktestDriver.json(DRIVER.call(HttpMethod.POST, "/api/backtests", body));
        assertThat(problem.path("errors").get(0).path("field").stringValue()).isEqualTo("sweep.points");
    }

    @Test
    void bodiesThatAreNoJsonAndPathsThatAreNothing() {
        for (String body : List.of("", "{", "[1,]", "{\"kind\":\"single\",\"kind\":\"sweep\"}", "nonsense")) {
            assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.POST, "/api/backtests", body))).isEqualTo(400);
        }
        for (String body : List.of("[]", "7", "null", "\"x\"", "{}")) {
            assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.POST, "/api/backtests", body))).isEqualTo(422);
        }
        String deep = "[".repeat(100_000);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.POST, "/api/backtests", deep))).isEqualTo(400);
        String large = " ".repeat(400_000) + "{}";
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.POST, "/api/backtests", large))).isEqualTo(413);
        for (String query : List.of("?limit=0", "?limit=201", "?limit=x", "?limit=99999999999")) {
            assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, "/api/backtests" + query, null)))
                .isEqualTo(400);
        }
        String path = "/api/backtests/" + UUID.randomUUID();
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path + "/trades?cursor=-1", null))).isEqualTo(400);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, path + "/trades", null))).isEqualTo(404);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.GET, "/api/backtests/x", null))).isEqualTo(400);
        assertThat(BacktestDriver.status(DRIVER.call(HttpMethod.PUT, "/api/backtests/strategies/x", "{}")))
            .isEqualTo(400);
        assertThat(BacktestDriver
            .status(DRIVER.call(HttpMethod.PUT, "/api/backtests/strategies/" + UUID.randomUUID(), "{\"name\":1}")))
            .isEqualTo(422);
        assertThat(BacktestDriver
            .status(DRIVER.call(HttpMethod.POST, "/api/backtests", GOOD, "Idempotency-Key", "k".repeat(129))))
            .isEqualTo(422);
    }

}
