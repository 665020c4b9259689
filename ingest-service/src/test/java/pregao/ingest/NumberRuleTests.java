package pregao.ingest;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.candle.Candle;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules of numbers: limits, rounding, invalid numbers, and prices that an
 * EA writes as zero.
 */
class NumberRuleTests {

    private static IngestWebHarness harness;

    @BeforeAll
    static void open() {
        harness = IngestWebHarness.open();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @BeforeEach
    void forget() {
        harness.forget();
    }

    @ParameterizedTest
    @CsvSource({ "volume, 136651248485429227479402823307.68, M1", "volume, 1e27, M1",
            "volume, 100000000000000000000000000.00000001, M1", "tick_volume, 1e27, M1", "real_volume, 1e27, M1",
            "volume, 144000000000000000000000000001, D1" })
    void rejectsVolumeAboveTheBoundAndKeepsTheOthers(String field, String volume, String timeframe) {
        Items bad = Items.candle().without("volume").with(field, volume).with("timeframe", '"' + timeframe + '"');
        HttpResponse<String> response = harness.post("/ingest_batch",
                "[" + bad.with("ts", "\"2025-10-19T00:00:00Z\"").json() + "," + Items.candle().json() + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":1", "\"field\":\"" + field + "\"", "1e26");
        assertThat(harness.candles().candles()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "1e26, M1, 100000000000000000000000000",
            "100000000000000000000000000, M1, 100000000000000000000000000",
            "144000000000000000000000000000, D1, 144000000000000000000000000000", "0.30000000000000004, M1, 0.3",
            "0.000000005, M1, 0.00000001", "0.0000000049, M1, 0", "1e-999999999, M1, 0" })
    void takesVolumeUpToTheBoundAndRoundsIt(String volume, String timeframe, String stored) {
        Candle candle = ingestCandle(Items.candle()
            .with("volume", volume)
            .with("timeframe", '"' + timeframe + '"')
            .with("ts", "\"2025-10-19T00:00:00Z\""));
        assertThat(candle.volume().toPlainString()).isEqualTo(stored);
    }

    @Test
    void rejectsTickVolumeAboveLimitAndAcceptsOtherTicks() {
        HttpResponse<String> response = harness.post("/ingest/tick", "{\"ticks\":[" + Items.tick().json() + ","
                + Items.tick().with("volume", "1e27").json() + "," + Items.tick().with("volume", "1e26").json() + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":1", "\"field\":\"volume\"", "1e26");
        assertThat(harness.ticks().getFirst().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ "1.0855700000000001, 108557000", "1.085569999999999, 108557000", "1.0855699999999998e0, 108557000",
            "1.085500001, 108550000", "90000.123456785, 9000012345679", "90000000000.000000001, 9000000000000000000" })
    void takesPriceWithFloatNoise(String price, long units) {
        Items items = Items.candle().with("open", price).with("high", price).with("low", price).with("close", price);
        assertThat(ingestCandle(items).open()).isEqualTo(units);
        HttpResponse<String> response = harness.post("/ingest/tick",
                "[" + Items.tick().with("bid", price).with("ask", price).with("last", price).json() + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(harness.ticks().getFirst().bid(0)).isEqualTo(units);
        assertThat(harness.ticks().getFirst().last(0)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.000012345", "1.2345e-10", "0.123456789", "1e-9", "0.0000000049999" })
    void rejectsPriceWithMoreRealDecimals(String price) {
        Items items = Items.candle().with("open", price).with("high", price).with("low", price).with("close", price);
        HttpResponse<String> response = harness.post("/ingest", items.json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"open\"", "at most 8 decimals");
    }

    @ParameterizedTest
    @CsvSource({ "1.9999999999908982e-05, 2000", "0.000050, 5000", "0.000000005, 1" })
    void roundsSpread(String spread, long units) {
        Candle candle = ingestCandle(Items.candle().with("spread", spread));
        assertThat(Objects.requireNonNull(candle.spread()).units()).isEqualTo(units);
    }

    static Stream<Arguments> valuesThatAreNoNumbers() {
        return Stream
            .of("NaN", "nan", "-nan", "inf", "-inf", "INF", "Infinity", "-Infinity", "-nan(ind)", "nan(snan)",
                    "1.#QNAN", "-1.#IND", "1.#INF", "1.#INF00", "+1.0855", "1.", ".5", "00012", "1,0855", "undefined",
                    "0x1F", "1e", "--1", "TRUE", "None")
            .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreNoNumbers")
    void rejectsOnlyTheCandleWithAValueThatIsNoNumber(String value) {
        HttpResponse<String> response = harness.post("/ingest_batch",
                "[" + Items.candle().with("symbol", "\"A\"").json() + "," + Items.candle().with("close", value).json()
                        + "," + Items.candle().with("symbol", "\"B\"").json() + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":1", "\"reason\":\"close is " + value, "\"field\":\"close\"")
            .doesNotContain("JsonReadFeature", "tools.jackson");
        assertThat(harness.candles().candles()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreNoNumbers")
    void rejectsOnlyTheTickWithAValueThatIsNoNumber(String value) {
        HttpResponse<String> response = harness.post("/ingest/tick", "{\"ticks\":[" + Items.tick().json() + ","
                + Items.tick().with("ask", value).json() + "," + Items.tick().json() + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":1", "\"reason\":\"ask is " + value);
        assertThat(harness.ticks().getFirst().size()).isEqualTo(2);
    }

    @Test
    void ignoresInvalidNumbersInUnusedFields() {
        Candle candle = ingestCandle(Items.candle().with("rsi", "nan").with("levels", "[1,-nan(ind),{\"x\":inf}]"));
        assertThat(candle.close()).isEqualTo(108_560_000);
    }

    @Test
    void neverExposesMessagesOfLibraries() {
        for (String body : new String[] { "hello", "{\"items\":[{", "[1,2", "{\"a\":\"\\x\"}", "[".repeat(5000),
                "{\"open\":" + "1".repeat(5000) + "}", "{'a':1}", "/* */[]", "{\"items\":[{\"symbol\":\"a\nb\"}]}" }) {
            assertThat(harness.post("/ingest", body).body()).doesNotContain("JsonReadFeature", "StreamReadConstraints",
                    "tools.jackson", "was expecting", "REDACTED", "`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.000000", "0", "0.0" })
    void namesTheLikelyCauseOfAPriceOfZero(String zero) {
        String tick = harness.post("/ingest/tick", "[" + Items.tick().with("bid", zero).json() + "]").body();
        assertThat(tick).contains("bid is " + zero, "1,000,000");
        String candle = harness.post("/ingest", Items.candle().with("close", zero).json()).body();
        assertThat(candle).contains("close is " + zero, "1,000,000");
    }

    @Test
    void acceptsTradeWithoutQuoteOnLastPriceFeed() {
        String body = "{\"ticks\":[{\"symbol\":\"PETR4\",\"time_msc\":1760929200123,\"bid\":30.14,\"ask\":0.0,"
                + "\"last\":30.15,\"volume\":100,\"flags\":56},{\"symbol\":\"PETR4\",\"time_msc\":1760929200124,"
                + "\"bid\":0,\"ask\":0,\"last\":30.16},{\"symbol\":\"PETR4\",\"time_msc\":1760929200125,\"bid\":30.1,"
                + "\"ask\":0,\"last\":0},{\"symbol\":\"PETR4\",\"time_msc\":1760929200126,\"last\":30.17}]}";
        HttpResponse<String> exchange = harness.post("/ingest/tick", body.getBytes(StandardCharsets.UTF_8),
                Map.of("X-API-Key", IngestWebHarness.EXCHANGE_KEY));
        assertThat(exchange.body()).contains("\"received\":4", "\"rejected\":1", "ask is 0;");
        TickBatch ticks = harness.ticks().getFirst();
        assertThat(ticks.size()).isEqualTo(3);
        assertThat(ticks.ask(0)).isZero();
        assertThat(ticks.bid(0)).isEqualTo(3_014_000_000L);
        assertThat(ticks.price(1)).isEqualTo(3_016_000_000L);
        harness.forget();
        assertThat(harness.post("/ingest/tick", body).statusCode()).as("on a feed of mid prices").isEqualTo(422);
    }

    private static Candle ingestCandle(Items items) {
        HttpResponse<String> response = harness.post("/ingest", items.json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return harness.candles().candles().getFirst();
    }

}
