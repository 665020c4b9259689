package pregao.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import pregao.system.driver.Answer;
import pregao.system.driver.Http;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is wrong is refused by name, and what is only odd is taken, through the only door.
 */
@SystemTest
class BadInputSystemTests {

    private static final String GOOD = Quotes.candle("EURUSD", "M1", "2025-10-20T03:00:00Z", "1.1", "1.2", "1.0",
            "1.1");

    static Stream<Arguments> refused() {
        return Stream.of(arguments("no JSON", "{\"items\":[", 400, "unreadable-body"),
                arguments("an empty body", "", 400, "unreadable-body"),
                arguments("a text", "hello", 400, "unreadable-body"),
                arguments("NaN", good("1.1,", "NaN,"), 422, "all-rejected"),
                arguments("prices in quotes that are none", good("1.1,", "\"1.#QNAN\","), 422, "all-rejected"),
                arguments("a decimal comma", good("1.1,", "\"1,1\","), 422, "all-rejected"),
                arguments("a high below", good("\"high\":1.2", "\"high\":1.05"), 422, "all-rejected"),
                arguments("a low above", good("\"low\":1.0", "\"low\":1.15"), 422, "all-rejected"),
                arguments("a price of 0", good("\"low\":1.0", "\"low\":0"), 422, "all-rejected"),
                arguments("a negative price", good("\"low\":1.0", "\"low\":-1.0"), 422, "all-rejected"),
                arguments("a negative volume", good("\"volume\":100", "\"volume\":-1"), 422, "all-rejected"),
                arguments("a price above 9e10", good("\"high\":1.2", "\"high\":1e11"), 422, "all-rejected"),
                arguments("an unknown timeframe", good("M1", "M2"), 422, "all-rejected"),
                arguments("a symbol with a currency sign", good("EURUSD", "EUR€USD"), 422, "all-rejected"),
                arguments("no symbol", good("\"symbol\":\"EURUSD\",", ""), 422, "all-rejected"),
                arguments("no time", good("\"ts\":\"2025-10-20T03:00:00Z\",", ""), 422, "all-rejected"),
                arguments("a time that is none", good("2025-10-20T03:00:00Z", "yesterday"), 422, "all-rejected"),
                arguments("the 30th of February", good("2025-10-20", "2025-02-30"), 422, "all-rejected"),
                arguments("the far future", good("2025-10-20", "2125-10-20"), 422, "all-rejected"),
                arguments("a number for an item", "{\"items\":[7]}", 422, "all-rejected"));
    }

    private static String good(String part, String instead) {
        String bad = GOOD.replaceFirst(java.util.regex.Pattern.quote(part), instead);
        assertThat(bad).isNotEqualTo(GOOD);
        return "{\"items\":[" + bad + "]}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesByName(String what, String body, int status, String problem, SystemUnderTest system) {
        Answer answer = system.owner().http().post("/ingest", body);
        assertThat(answer.status()).as(what + ": " + answer).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + problem);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asString()).isNotEmpty();
        assertThat(answer.json().path("trace_id").asString()).isNotEmpty();
        if (status == 422) {
            assertThat(answer.count("received")).isEqualTo(1);
            assertThat(answer.count("rejected")).isEqualTo(1);
        }
    }

    static Stream<Arguments> tolerated() {
        byte[] body = ("{\"items\":[" + GOOD + "]}").getBytes(StandardCharsets.UTF_8);
        byte[] withMark = ("\uFEFF{\"items\":[" + GOOD + "]}").getBytes(StandardCharsets.UTF_8);
        byte[] strings = ("{\"items\":[" + GOOD.replaceAll(":([0-9.]+)(?=[,}])", ":\"$1\"") + "]}")
            .getBytes(StandardCharsets.UTF_8);
        byte[] more = ("{\"items\":[" + GOOD.replace("}", ",\"magic\":{\"a\":[1]}}") + "],\"meta\":1}")
            .getBytes(StandardCharsets.UTF_8);
        return Stream.of(arguments("a NUL at the end", "application/json", Arrays.copyOf(body, body.length + 1)),
                arguments("several NULs", "application/json", Arrays.copyOf(body, body.length + 5)),
                arguments("a byte order mark", "application/json", withMark),
                arguments("a form's content type", "application/x-www-form-urlencoded", body),
                arguments("a charset", "application/json; charset=utf-8", body),
                arguments("numbers as strings", "application/json", strings),
                arguments("unknown fields", "application/json", more));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tolerated")
    void tolerates(String what, String contentType, byte[] body, SystemUnderTest system) {
        Http http = new Http(system.url(), "X-API-Key", system.owner().key(), "Content-Type", contentType);
        Answer answer = http.post("/ingest", body);
        assertThat(answer.status()).as(what + ": " + answer).isEqualTo(200);
        assertThat(answer.count("inserted") + answer.count("duplicates")).isEqualTo(1);
    }

    @Test
    void namesTheShiftThatWouldExplainTheFuture(SystemUnderTest system) {
        Trader trader = system.trader("bad", Feeds.PLAIN);
        Instant ahead = InstantSource.system()
            .instant()
            .plus(Duration.ofHours(3))
            .truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        Answer answer = trader.candles(java.util.List.of(Quotes.m1("EURUSD", ahead, "1.1", "1.2", "1.0", "1.1")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("UTC+3");
    }

    @Test
    void asksForHalvesOfWhatIsTooLarge(SystemUnderTest system) {
        Http http = system.owner().http();
        String many = "{\"items\":[" + (GOOD + ",").repeat(5_000) + GOOD + "]}";
        assertThat(http.post("/ingest", many).status()).isEqualTo(413);
        assertThat(http.post("/ingest", "{\"items\":[" + " ".repeat(4 << 20) + GOOD + "]}").status()).isEqualTo(413);
    }

    @Test
    void refusesOtherMediaMethodsAndPaths(SystemUnderTest system) {
        Trader owner = system.owner();
        Http png = new Http(system.url(), "X-API-Key", owner.key(), "Content-Type", "image/png");
        assertThat(png.post("/ingest", "{\"items\":[" + GOOD + "]}").status()).isEqualTo(415);
        assertThat(owner.http().send("DELETE", "/ingest", new byte[0]).status()).isIn(404, 405);
        assertThat(owner.http().get("/nothing/here").status()).isEqualTo(404);
    }

    @Test
    void refusesQueriesByName(SystemUnderTest system) {
        Http http = system.owner().http();
        assertThat(http.get("/api/market-data?symbol=EURUSD").status()).isEqualTo(400);
        assertThat(http.get("/api/market-data?symbol=EURUSD&timeframe=M7").status()).isEqualTo(400);
        assertThat(http.get("/api/market-data?symbol=EURUSD&timeframe=M1&limit=5001").status()).isEqualTo(400);
        assertThat(http.get("/api/market-data?symbol=EURUSD&timeframe=M1&from=soon").status()).isEqualTo(400);
        assertThat(http.get("/ingest/cursor?symbol=EURUSD&timeframe=M7").status()).isIn(400, 422);
        assertThat(http.get("/api/market-data?symbol=NEVERSEEN&timeframe=M1").status()).isEqualTo(404);
    }

}
