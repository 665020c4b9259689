package pregao.ingest;

import java.net.http.HttpResponse;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that senders write: symbols, fields, timeframes, envelopes.
 */
class NameRuleTests {

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
    @ValueSource(strings = { "WIN$N", "WDO$", "@ES", "Volatility 75 Index", "Volatility 75 (1s) Index", "EURUSD!",
            "EURUSD^", "币安人生USDT", "AÇÃO", "EUR/USD", "X~Y", "O'NEIL", "निफ्टी", "١٢" })
    void takesSymbol(String symbol) {
        assertThat(ingestCandle(Items.candle().with("symbol", '"' + symbol + '"').json()).instrument().symbol())
            .isEqualTo(symbol);
        HttpResponse<String> response = harness.post("/ingest/tick",
                "[" + Items.tick().with("symbol", '"' + symbol + '"').json() + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(harness.ticks().getFirst().instrument().symbol()).isEqualTo(symbol);
    }

    @Test
    void trimsAndNormalizesSymbol() {
        String decomposed = Normalizer.normalize("AÇÃO", Normalizer.Form.NFD);
        assertThat(
                ingestCandle(Items.candle().with("symbol", "\"  " + decomposed + "\\t\"").json()).instrument().symbol())
            .isEqualTo("AÇÃO");
        harness.post("/ingest/tick", "[" + Items.tick().with("symbol", "\" " + decomposed + "\"").json() + ","
                + Items.tick().with("symbol", "\"AÇÃO\"").json() + "]");
        assertThat(harness.ticks()).singleElement().satisfies((ticks) -> assertThat(ticks.size()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = { "A|B", "a\\u0000b", "a\\tb", "", "   ", "A\\\"B", "A\\\\B", "a\\u200bb", "A*B", "A%B",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567" })
    void rejectsSymbol(String symbol) {
        HttpResponse<String> response = harness.post("/ingest",
                Items.candle().with("symbol", '"' + symbol + '"').json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"symbol\"", "1 to 32");
        HttpResponse<String> tick = harness.post("/ingest/tick",
                "[" + Items.tick().with("symbol", '"' + symbol + '"').json() + "]");
        assertThat(tick.statusCode()).as(tick.body()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = { "bars", "rates", "candles", "items", "data" })
    void handsDownWhatStandsBesideTheArray(String name) {
        String item = Items.candle().without("symbol").without("timeframe").json();
        for (String body : new String[] { "{\"symbol\":\"A\",\"timeframe\":\"M1\",\"%s\":[%s]}",
                "{\"%s\":[%s],\"symbol\":\"A\",\"timeframe\":\"M1\"}",
                "{\"symbol\":\"A\",\"%s\":[%s],\"period\":\"M1\"}" }) {
            Candle candle = ingestCandle(body.indexOf("%s") < body.indexOf("[%s]") ? body.formatted(name, item) : body);
            assertThat(candle.instrument().symbol()).isEqualTo("A");
            assertThat(candle.timeframe()).isEqualTo(Timeframe.M1);
            harness.forget();
        }
    }

    @Test
    void inheritsTimeAndDigitsUnlessItemHasThem() {
        String bare = Items.candle().without("ts").with("spread", "2").json();
        Candle candle = ingestCandle("{\"ts\":\"2025-10-20T03:05:00Z\",\"digits\":5,\"items\":[" + bare + "]}");
        assertThat(candle.openTime()).isEqualTo(Instant.parse("2025-10-20T03:05:00Z").toEpochMilli());
        assertThat(Objects.requireNonNull(candle.spread()).units()).isEqualTo(2_000);
        harness.forget();
        String unknown = Items.candle()
            .with("symbol", "\"NO.DIGITS\"")
            .with("spread", "2")
            .with("spread_unit", "\"unknown\"")
            .json();
        assertThat(ingestCandle("{\"spread_unit\":\"price\",\"items\":[" + unknown + "]}").spread())
            .isEqualTo(Spread.ofUnknown(200_000_000));
        harness.forget();
        Candle own = ingestCandle("{\"symbol\":\"OTHER\",\"time_msc\":1760929500000,\"timeframe\":\"H1\",\"open\":7,"
                + "\"items\":[" + Items.candle().json() + "],\"digits\":1}");
        assertThat(own.instrument().symbol()).isEqualTo("EURUSD");
        assertThat(own.timeframe()).isEqualTo(Timeframe.M1);
        assertThat(own.openTime()).isEqualTo(Instant.parse("2025-10-20T03:00:00Z").toEpochMilli());
        assertThat(own.open()).isEqualTo(108_550_000);
    }

    @Test
    void ticksInheritSymbol() {
        String tick = Items.tick().without("symbol").json();
        assertThat(
                harness.post("/ingest/tick", "{\"symbol\":\"A\",\"ticks\":[" + tick + "," + tick + "]}").statusCode())
            .isEqualTo(200);
        assertThat(harness.post("/ingest/tick", "{\"ticks\":[" + tick + "],\"symbol\":\"B\"}").statusCode())
            .isEqualTo(200);
        assertThat(harness.ticks()).extracting((ticks) -> ticks.instrument().symbol()).containsExactly("A", "B");
    }

    @ParameterizedTest
    @CsvSource({ "timestamp, \"2025-10-20T03:00:00Z\"", "timestamp, 1760929200", "time_iso, \"2025-10-20T03:00:00Z\"" })
    void takesAliasesOfTime(String field, String value) {
        Candle candle = ingestCandle(Items.candle().without("ts").with(field, value).json());
        assertThat(candle.openTime()).isEqualTo(Instant.parse("2025-10-20T03:00:00Z").toEpochMilli());
        HttpResponse<String> tick = harness.post("/ingest/tick",
                "[" + Items.tick().without("ts").with(field, value).json() + "]");
        assertThat(tick.statusCode()).as(tick.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({ "1, M1", "\"1\", M1", "5, M5", "\"15\", M15", "30, M30", "16385, H1", "\"16385\", H1", "16388, H4",
            "16408, D1", "\"PERIOD_M5\", M5" })
    void takesTimeframesOfTheTerminal(String sent, String timeframe) {
        String body = Items.candle().with("timeframe", sent).with("ts", "\"2025-10-19T00:00:00Z\"").json();
        assertThat(ingestCandle(body).timeframe().name()).isEqualTo(timeframe);
        harness.forget();
        assertThat(ingestCandle(body.replace("\"timeframe\"", "\"period\"")).timeframe().name()).isEqualTo(timeframe);
    }

    @ParameterizedTest
    @CsvSource({ "\"W1\", W1", "\"MN1\", MN1", "32769, W1", "49153, MN1", "\"PERIOD_W1\", W1" })
    void rejectsWeeksAndMonthsByName(String sent, String name) {
        HttpResponse<String> response = harness.post("/ingest", Items.candle().with("timeframe", sent).json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"timeframe\"", name, "weeks and months are not stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"meta\":{\"ea\":\"PDC\",\"ver\":\"\"collected_at\":\"%s\",\"bar_time\":\"2025-10-20T03:00:00Z\"}\","
                    + "\"src\":\"timer\",\"term\":\"MetaTrader 5\",1.65}",
            "\"meta\":{\"ea\":\"PDC\",\"ver\":\"\"collected_at\":\"%s\",\"bar_time\":1760929200,\"last_tick\":1}\","
                    + "\"src\":\"timer\",\"term\":\"MetaTrader 5\",1.65}",
            "\"meta\":{\"ea\":\"PDC\",\"ver\":\"\"collected_at\":\"%s\",\"bar_time\":\"x\"}\",\"src\":\"timer\","
                    + "\"term\":\"MetaTrader 5 {a}\",1.65" })
    void savesAnItemWhoseOnlyDamageIsItsTrailingMeta(String meta) {
        String item = Items.candle().json();
        String damaged = item.substring(0, item.length() - 1) + "," + meta + "}";
        String good = Items.candle().with("symbol", "\"GOOD\"").with("meta", "{\"ea\":\"PDC\",\"v\":[1,{}]}").json();
        for (String body : new String[] { "{\"items\":[" + damaged + "]}", damaged, "[" + damaged + "]\0",
                "{\"items\":[" + damaged + "],\"x\":1}" }) {
            assertThat(ingestCandle(body).close()).isEqualTo(108_560_000);
            harness.forget();
        }
        HttpResponse<String> response = harness.post("/ingest",
                "{\"items\":[" + good + ",\n" + damaged + "," + damaged + " , " + good + "]}");
        assertThat(response.body()).contains("\"received\":4", "\"rejected\":0");
        assertThat(harness.candles().candles()).hasSize(4);
    }

    @Test
    void repeatsStatusInHeader() {
        assertThat(harness.post("/ingest", Items.candle().json()).headers().firstValue("Status")).hasValue("200");
        assertThat(harness.post("/ingest", "hello").headers().firstValue("Status")).hasValue("400");
        assertThat(harness.post("/ingest/tick", "[" + Items.tick().with("bid", "-1").json() + "]")
            .headers()
            .firstValue("Status")).hasValue("422");
    }

    private static Candle ingestCandle(String body) {
        HttpResponse<String> response = harness.post("/ingest", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return harness.candles().candles().getFirst();
    }

}
