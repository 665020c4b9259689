package pregao.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for rejected input: for each input, its status, its problem type, the named field
 * and the expected value.
 */
class BadInputTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PRICE = "above 0 and at most 9e10";

    private static final String TIME = "a time such as 2025-10-20T03:00:00Z";

    private static IngestWebHarness harness;

    @BeforeAll
    static void open() {
        harness = IngestWebHarness.open();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @ParameterizedTest
    @MethodSource("wholeRequests")
    @MethodSource("keys")
    @MethodSource("headers")
    @MethodSource("quarantine")
    @MethodSource("candleNames")
    @MethodSource("candleTimes")
    @MethodSource("candlePrices")
    @MethodSource("candleVolumesAndShapes")
    @MethodSource("shiftedCandles")
    @MethodSource("ticks")
    void answersWithProblem(Bad bad) {
        HttpResponse<String> response = harness.send(bad.method, bad.path, bad.body, bad.headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(bad.status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/" + bad.type);
        assertThat(problem.get("status").asInt()).isEqualTo(bad.status);
        assertThat(problem.get("title").asString()).isNotEmpty();
        assertThat(problem.get("trace_id").asString()).matches("[0-9a-f]{32}");
        if (bad.field.isEmpty()) {
            assertThat(problem.get("detail").asString()).contains(bad.expected);
        }
        else {
            JsonNode error = problem.get("errors").get(0);
            assertThat(error.get("field").asString()).isEqualTo(bad.field);
            assertThat(error.get("expected").asString() + " | " + error.get("reason").asString())
                .contains(bad.expected);
        }
        if (bad.status == 422) {
            assertThat(problem.get("errors").get(0).get("index").asInt()).isZero();
            assertThat(problem.get("received").asInt()).isEqualTo(problem.get("rejected").asInt());
        }
    }

    static Stream<Bad> wholeRequests() {
        String valid = Items.candle().json();
        return Stream.of(unreadable("an empty body", "", "an item"), unreadable("only zeros", "\0\0", "an item"),
                unreadable("no JSON", "hello", "JSON"), unreadable("a number", "42", "an item"),
                unreadable("a string", "\"EURUSD\"", "an item"), unreadable("null", "null", "an item"),
                unreadable("an object without items", "{}", "an item"),
                unreadable("items of another name", "{\"rows\":[" + valid + "]}", "an item"),
                unreadable("items that are an object", "{\"items\":" + valid + "}", "an item"),
                unreadable("items that are null", "{\"items\":null}", "an item"),
                unreadable("a body cut off in an item", "{\"items\":[" + valid.substring(0, 60), "JSON"),
                unreadable("a body cut off between items", "[" + valid + ",", "JSON"),
                unreadable("two values", valid + valid, "an item"),
                unreadable("a form", "symbol=EURUSD&open=1.0855", "JSON"), unreadable("XML", "<candle/>", "JSON"),
                unreadable("single quotes", valid.replace('"', '\''), "JSON"),
                unreadable("a comma behind the last field", valid.replace("}", ",}"), "JSON"),
                unreadable("a comment", "/* */" + valid, "JSON"),
                unreadable("a quote not escaped", Items.candle().with("broker", "\"A \"B\" C\"").json(), "JSON"),
                unreadable("a backslash not escaped", Items.candle().with("server", "\"C:\\data\"").json(), "JSON"),
                unreadable("a line break in a string", Items.candle().with("server", "\"a\nb\"").json(), "JSON"),
                unreadable("a zero in the middle", valid.replace(",\"open\"", ",\0\"open\""), "JSON"),
                unreadable("nesting without end", "[".repeat(5000), "JSON"),
                post("5,001 candles", "[" + (valid + ",").repeat(5000) + valid + "]").refused(413, "too-large", "",
                        "5,000 items"),
                post("10,001 ticks", "[" + (Items.tick().json() + ",").repeat(10_000) + "5]").at("POST", "/ingest/tick")
                    .refused(413, "too-large", "", "10,000 items"),
                post("more than 4 MiB of candles", "[" + " ".repeat(4 << 20) + valid + "]").refused(413, "too-large",
                        "", "4,194,304 bytes"),
                post("more than 8 MiB of ticks", "[" + " ".repeat(8 << 20) + "]").at("POST", "/ingest/tick")
                    .refused(413, "too-large", "", "8,388,608 bytes"));
    }

    static Stream<Bad> keys() {
        String valid = Items.candle().json();
        return Stream.of(post("no key", valid).without("X-API-Key").refused(401, "unauthorized", "", "X-API-Key"),
                post("an unknown key", valid).with("X-API-Key", "guess").refused(401, "unauthorized", "", "unknown"),
                post("an empty key", valid).with("X-API-Key", " ").refused(401, "unauthorized", "", "send the key"),
                post("a revoked key", valid).with("X-API-Key", "key-revoked")
                    .refused(401, "unauthorized", "", "revoked"),
                post("basic authentication", valid).without("X-API-Key")
                    .with("Authorization", "Basic a2V5LW9mLW10NQ==")
                    .refused(401, "unauthorized", "", "Bearer"),
                post("a key without the scope", valid).with("X-API-Key", "key-of-reader")
                    .refused(403, "forbidden", "", "scope ingest"));
    }

    static Stream<Bad> headers() {
        String valid = Items.candle().json();
        return Stream.of(
                post("XML by its type", valid).with("Content-Type", "text/xml")
                    .refused(415, "unsupported-media-type", "", "application/json"),
                post("plain text by its type", valid).with("Content-Type", "text/plain")
                    .refused(415, "unsupported-media-type", "", "application/json"),
                post("a type that is none", valid).with("Content-Type", "json")
                    .refused(415, "unsupported-media-type", "", "application/json"),
                post("another packing", valid).with("Content-Encoding", "br")
                    .refused(415, "unsupported-media-type", "", "gzip"),
                post("gzip by its header only", valid).with("Content-Encoding", "gzip")
                    .refused(400, "unreadable-body", "body", "gzip"),
                post("a bomb", "").packed(" ".repeat(50_000_000)).refused(413, "too-large", "", "unpacked"),
                post("an offset that is none", valid).with("X-UTC-Offset", "Athens")
                    .refused(400, "bad-request", "X-UTC-Offset", "+03:00"),
                post("an offset of no place", valid).with("X-UTC-Offset", "+03:07")
                    .refused(400, "bad-request", "X-UTC-Offset", "quarters"),
                post("an offset too far", valid).with("X-UTC-Offset", "+15:00")
                    .refused(400, "bad-request", "X-UTC-Offset", "+14:00"),
                post("another form of answer", valid).with("Accept", "text/html")
                    .refused(406, "not-acceptable", "", ""),
                post("another path", valid).at("POST", "/ingest/candles").refused(404, "not-found", "", ""),
                post("another method", "").at("GET", "/ingest").refused(405, "method-not-allowed", "", "POST"),
                post("a cursor without symbol", "").at("GET", "/ingest/cursor?timeframe=M1")
                    .refused(400, "bad-request", "", "symbol"),
                post("a cursor of a strange symbol", "").at("GET", "/ingest/cursor?symbol=%22&timeframe=M1")
                    .refused(400, "bad-request", "symbol", "a symbol"),
                post("a cursor of another timeframe", "").at("GET", "/ingest/cursor?symbol=EURUSD&timeframe=M2")
                    .refused(400, "bad-request", "timeframe", "tick, M1"),
                post("a cursor without database", "").at("GET", "/ingest/cursor?symbol=EURUSD&timeframe=M1")
                    .refused(503, "unavailable", "", "database"));
    }

    static Stream<Bad> quarantine() {
        return Stream.of(list("without a key", "").without("X-API-Key").refused(401, "unauthorized", "", "X-API-Key"),
                list("with a key that may only read", "").with("X-API-Key", "key-of-reader")
                    .refused(403, "forbidden", "", "scope ingest"),
                list("of a strange symbol", "?symbol=%22").refused(400, "bad-request", "symbol", "a symbol"),
                list("of another timeframe", "?timeframe=m1").refused(400, "bad-request", "timeframe", "M1, M5"),
                list("in no state", "?state=lost").refused(400, "bad-request", "state", "held or released"),
                list("of none", "?limit=0").refused(400, "bad-request", "limit", "1 to 1000"),
                list("of too many", "?limit=1001").refused(400, "bad-request", "limit", "1 to 1000"),
                list("behind a word", "?cursor=next").refused(400, "bad-request", "cursor", "next of"),
                list("of another feed", "?feed=athens").refused(404, "not-found", "", "feed"),
                list("without database", "").refused(503, "unavailable", "", "database"),
                release("a word", "seven").refused(404, "not-found", "", "quarantine"),
                release("a number without end", "9".repeat(30)).refused(404, "not-found", "", "quarantine"),
                release("without a key", "7").without("X-API-Key").refused(401, "unauthorized", "", "X-API-Key"),
                release("with a key that may only read", "7").with("X-API-Key", "key-of-reader")
                    .refused(403, "forbidden", "", "scope ingest"),
                release("without database", "7").refused(503, "unavailable", "", "database"),
                release("by another method", "7").at("GET", "/api/quarantine/7/release")
                    .refused(405, "method-not-allowed", "", "POST"));
    }

    private static Bad list(String name, String query) {
        return post("a list " + name, "").at("GET", "/api/quarantine" + query);
    }

    private static Bad release(String name, String id) {
        return post("a release: " + name, "").at("POST", "/api/quarantine/" + id + "/release");
    }

    static Stream<Bad> candleNames() {
        return Stream.of(candle("without symbol", "symbol", null, "symbol is missing"),
                candle("symbol null", "symbol", "null", "a symbol"),
                candle("symbol empty", "symbol", "\"\"", "a symbol"),
                candle("symbol with a control character", "symbol", "\"EUR\\tUSD\"", "a symbol"),
                candle("symbol too long", "symbol", "\"" + "A".repeat(33) + "\"", "a symbol"),
                candle("symbol with a sign of money", "symbol", "\"€URUSD\"", "a symbol"),
                candle("symbol a number", "symbol", "12", "a string"),
                candle("without timeframe", "timeframe", null, "one of M1"),
                candle("timeframe unknown", "timeframe", "\"M2\"", "one of M1"),
                candle("timeframe in small letters", "timeframe", "\"m1\"", "one of M1"),
                candle("timeframe another number", "timeframe", "2", "one of M1"),
                candle("timeframe an object", "timeframe", "{}", "a string"));
    }

    static Stream<Bad> candleTimes() {
        return Stream.of(candle("without time", "ts", null, TIME), candle("time null", "ts", "null", TIME),
                candle("time empty", "ts", "\"\"", TIME), candle("time a word", "ts", "\"yesterday\"", TIME),
                candle("day first", "ts", "\"20/10/2025 03:00\"", TIME),
                candle("month 13", "ts", "\"2025-13-20T03:00:00Z\"", TIME),
                candle("30 February", "ts", "\"2025-02-30T03:00:00Z\"", TIME),
                candle("hour 24", "ts", "\"2025-10-20T24:00:00Z\"", TIME),
                candle("offset of no place", "ts", "\"2025-10-20T03:00:00+03:07\"", TIME),
                candle("a zone behind the time", "ts", "\"2025-10-20T03:00:00 Europe/Athens\"", TIME),
                candle("time an object", "ts", "{}", TIME),
                candle("an unset time", "ts", "\"1970.01.01 00:00:00\"", "after 1970-01-01"),
                candle("a count before 1970", "ts", "-5", "2000 to 2099"),
                candle("a day before 1970", "ts", "\"1969-12-31T00:00:00Z\"", "after 1970-01-01"),
                candle("three hours ahead", "ts", "\"2025-10-20T06:09:00Z\"", "looks like UTC+3"),
                candle("five and a half hours ahead", "ts", "\"2025-10-20T08:39:00Z\"", "looks like UTC+5:30"),
                candle("five minutes ahead", "ts", "\"2025-10-20T03:15:00Z\"", "300 s ahead"),
                candle("a day ahead", "ts", "\"2025-10-21T06:10:00Z\"", "no shift explains it"),
                candle("a count of microseconds", "ts", "1760929200000000", "microseconds"));
    }

    static Stream<Bad> candlePrices() {
        return Stream.of(candle("open missing", "open", null, PRICE), candle("open null", "open", "null", PRICE),
                candle("open zero", "open", "0", PRICE), candle("open negative", "open", "-1.0855", PRICE),
                candle("open a comma decimal", "open", "\"1,0855\"", "a decimal point"),
                candle("open a bare NaN", "open", "NaN", PRICE),
                candle("open a bare -nan(ind)", "open", "-nan(ind)", PRICE),
                candle("open a bare 1.#QNAN", "open", "1.#QNAN", PRICE),
                candle("open a bare -inf", "open", "-inf", PRICE),
                candle("open with a plus sign", "open", "+1.0855", PRICE),
                candle("nothing behind the point of open", "open", "1.", PRICE),
                candle("open of 2,000 digits", "open", "1".repeat(2000), PRICE),
                candle("open a bare comma decimal", "open", "1,0855", "a decimal point"),
                candle("open NaN", "open", "\"NaN\"", PRICE), candle("open nan", "open", "\"nan\"", PRICE),
                candle("open -nan(ind)", "open", "\"-nan(ind)\"", PRICE),
                candle("open 1.#QNAN", "open", "\"1.#QNAN\"", PRICE),
                candle("open Infinity", "open", "\"Infinity\"", PRICE),
                candle("open the empty value", "open", "1.7976931348623157e308", PRICE),
                candle("open the empty value as text", "open", "\"1.7976931348623157e+308\"", PRICE),
                candle("open tiny", "open", "1e-400", PRICE),
                candle("open too fine", "open", "0.123456789", "8 decimals"),
                candle("open too large", "open", "90000000001", PRICE),
                candle("open an array", "open", "[1.0855]", PRICE), candle("open a word", "open", "\"abc\"", PRICE),
                candle("open empty", "open", "\"\"", PRICE), candle("open true", "open", "true", PRICE),
                candle("high below close", "high", "1.08555", "at least 1.0856"),
                candle("low above open", "low", "1.08551", "at most 1.0855"),
                candle("close above high", "close", "1.09", "high", "at least 1.09"));
    }

    static Stream<Bad> candleVolumesAndShapes() {
        return Stream.of(candle("volume negative", "volume", "-1", "from 0"),
                candle("volume a word", "volume", "\"many\"", "from 0"),
                candle("volume without end", "volume", "1e40", "from 0"),
                post("tick_volume negative", Items.candle().without("volume").with("tick_volume", "-1").json())
                    .refused(422, "all-rejected", "tick_volume", "from 0"),
                candle("spread a word", "spread", "\"wide\"", "a number"),
                candle("spread in another unit", "spread_unit", "\"pips\"", "\"points\""),
                candle("digits a word", "digits", "\"five\"", "how many decimals"),
                candle("final a word", "final", "\"maybe\"", "true or false"),
                candle("complete a number", "complete", "2", "true or false"),
                post("an item that is a number", "[5]").refused(422, "all-rejected", "", "the item is 5"),
                post("an item that is an array", "[[1,2]]").refused(422, "all-rejected", "", "the item is an array"),
                post("an item that is null", "{\"items\":[null]}").refused(422, "all-rejected", "", "null"));
    }

    static Stream<Bad> shiftedCandles() {
        return Stream.of(
                post("a day of the broker",
                        Items.candle().with("timeframe", "\"D1\"").with("ts", "\"2025-10-20T00:00:00Z\"").json())
                    .with("X-UTC-Offset", "+3")
                    .refused(422, "all-rejected", "ts", "misaligned"),
                post("a day of a feed's clock",
                        Items.candle().with("timeframe", "\"D1\"").with("ts", "\"2025.10.20 00:00\"").json())
                    .with("X-API-Key", IngestWebHarness.ATHENS_KEY)
                    .refused(422, "all-rejected", "ts", "misaligned"),
                post("a day with an offset",
                        Items.candle().with("timeframe", "\"D1\"").with("ts", "\"2025-10-20T00:00:00+03:00\"").json())
                    .refused(422, "all-rejected", "ts", "misaligned"));
    }

    static Stream<Bad> ticks() {
        return Stream.of(tick("without symbol", "symbol", null, "symbol is missing"),
                tick("symbol strange", "symbol", "\"EUR|USD\"", "a symbol"), tick("without time", "ts", null, TIME),
                tick("time a word", "ts", "\"now\"", TIME),
                tick("two hours ahead", "ts", "\"2025-10-20T05:10:00Z\"", "looks like UTC+2"),
                tick("without bid", "bid", null, PRICE), tick("without ask", "ask", null, PRICE),
                tick("bid zero", "bid", "0.0", PRICE), tick("ask negative", "ask", "\"-1.1\"", PRICE),
                tick("ask a comma decimal", "ask", "\"1,0857\"", "a decimal point"),
                tick("bid too fine", "bid", "0.000012345", "8 decimals"), tick("last negative", "last", "-1", "0 or"),
                tick("last NaN", "last", "\"nan\"", "0 or"), tick("volume negative", "volume", "-0.1", "from 0"),
                tick("flags negative", "flags", "-1", "a whole number"),
                tick("flags with a fraction", "flags", "1.5", "a whole number"),
                tick("seq negative", "seq", "-1", "a whole number"),
                tick("seq too large", "seq", "4294967296", "a whole number"),
                tick("milliseconds a word", "ts_msc", "\"x\"", TIME),
                post("a tick that is a string", "{\"ticks\":[\"x\"]}").at("POST", "/ingest/tick")
                    .refused(422, "all-rejected", "", "the item is"));
    }

    private static Bad unreadable(String name, String body, String expected) {
        return post(name, body).refused(400, "unreadable-body", "body", expected);
    }

    private static Bad candle(String name, String field, @Nullable String json, String expected) {
        return candle(name, field, json, field, expected);
    }

    private static Bad candle(String name, String field, @Nullable String json, String named, String expected) {
        return post(name, corrupted(Items.candle(), field, json)).refused(422, "all-rejected", named, expected);
    }

    private static Bad tick(String name, String field, @Nullable String json, String expected) {
        return post(name, "{\"ticks\":[" + corrupted(Items.tick(), field, json) + "]}").at("POST", "/ingest/tick")
            .refused(422, "all-rejected", field, expected);
    }

    private static String corrupted(Items items, String field, @Nullable String json) {
        return ((json != null) ? items.with(field, json) : items.without(field)).json();
    }

    private static Bad post(String name, String body) {
        return new Bad(name, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Row of the test table. */
    static final class Bad {

        private final String name;

        private byte[] body;

        private String method = "POST";

        private String path = "/ingest";

        private final Map<String, String> headers = new HashMap<>(
                Map.of("X-API-Key", IngestWebHarness.KEY, "Content-Type", "application/json"));

        private int status;

        private String type = "";

        private String field = "";

        private String expected = "";

        private Bad(String name, byte[] body) {
            this.name = name;
            this.body = body;
        }

        Bad with(String header, String value) {
            this.headers.put(header, value);
            return this;
        }

        Bad without(String header) {
            this.headers.remove(header);
            return this;
        }

        Bad at(String method, String path) {
            this.method = method;
            this.path = path;
            return this;
        }

        Bad packed(String plain) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(plain.getBytes(Charset.forName("windows-1252")));
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            this.body = bytes.toByteArray();
            return with("Content-Encoding", "gzip");
        }

        Bad refused(int status, String type, String field, String expected) {
            this.status = status;
            this.type = type;
            this.field = field;
            this.expected = expected;
            return this;
        }

        @Override
        public String toString() {
            return this.name;
        }

    }

}
