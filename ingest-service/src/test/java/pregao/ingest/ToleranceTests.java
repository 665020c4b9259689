package pregao.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.PriceBasis;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tolerated input and its interpretation.
 */
class ToleranceTests {

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
    @ValueSource(strings = { "%s", "%s\0", "%s\0\0\r\n", "\uFEFF%s", "  \n%s ", "[%s]", "{\"items\":[%s]}",
            "{\"meta\":{\"ea\":[1,{\"x\":null}]},\"items\":[%s],\"open\":5}", "{\"candles\":[%s]}", "{\"bars\":[%s]}" })
    void findsTheItem(String wrapping) {
        assertThat(ingestCandle(wrapping.formatted(Items.candle().json())).openTime())
            .isEqualTo(epochMillis("03:00:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded",
            "application/octet-stream", "application/vnd.ea+json", "text/json" })
    void takesContentType(String type) {
        Map<String, String> headers = Map.of("X-API-Key", IngestWebHarness.KEY, "Content-Type", type);
        assertThat(send(Items.candle().json().getBytes(StandardCharsets.UTF_8), headers).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsBodyWithoutContentTypeAndKeyAsBearer() {
        Map<String, String> headers = Map.of("Authorization", "bearer " + IngestWebHarness.KEY);
        assertThat(send(Items.candle().json().getBytes(StandardCharsets.UTF_8), headers).statusCode()).isEqualTo(200);
    }

    @Test
    void decompressesGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Items.candle().json().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(send(bytes.toByteArray(), headers("Content-Encoding", "gzip")).statusCode()).isEqualTo(200);
        assertThat(harness.candles().candles()).hasSize(1);
    }

    @Test
    void decodesWindows1252InFreeText() {
        String body = Items.candle().with("broker", "\"Corretora São João\"").json();
        assertThat(send(body.getBytes(Charset.forName("windows-1252")), headers("X-Trace-Id", "1")).statusCode())
            .isEqualTo(200);
        assertThat(harness.candles().candles()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "2025-10-20T03:00:00Z", "2025-10-20T03:00:00", "2025-10-20 03:00:00", "2025-10-20T03:00Z",
            "2025-10-20T03:00:00.000Z", "2025-10-20T03:00:00.123456789Z", "2025.10.20 03:00:00", "2025.10.20 03:00",
            "2025-10-20T03:00:00+00:00", "2025-10-20T06:00:00+03:00", "2025-10-20T00:00:00-0300",
            "2025-10-20T06:00:00+03", "2025-10-20T03:00:42Z", "1760929200", "1760929200000", "1760929200.5",
            "1.7609292e9" })
    void readsTime(String time) {
        assertThat(ingestCandle(Items.candle().with("ts", '"' + time + '"').json()).openTime())
            .isEqualTo(epochMillis("03:00:00"));
    }

    @Test
    void parsesNumericTime() {
        assertThat(ingestCandle(Items.candle().with("ts", "1760929200").json()).openTime())
            .isEqualTo(epochMillis("03:00:00"));
        harness.forget();
        assertThat(ingestCandle(Items.candle().without("ts").with("time", "1760929200000").json()).openTime())
            .isEqualTo(epochMillis("03:00:00"));
    }

    @Test
    void prefersMilliseconds() {
        Candle candle = ingestCandle(
                Items.candle().with("ts", "\"2025-10-20T02:59:59.600Z\"").with("time_msc", "1760929200100").json());
        assertThat(candle.openTime()).isEqualTo(epochMillis("03:00:00"));
    }

    @ParameterizedTest
    @CsvSource({ "+3, 06:00:00", "+03:00, 06:00:00", "10800, 06:00:00", "-0330, '23:30:00'" })
    void shiftsByHeader(String offset, String wall) {
        String day = wall.equals("23:30:00") ? "2025-10-19T" : "2025-10-20T";
        String body = Items.candle().with("ts", '"' + day + wall + "Z\"").json();
        assertThat(send(body.getBytes(StandardCharsets.UTF_8), headers("X-UTC-Offset", offset)).statusCode())
            .isEqualTo(200);
        assertThat(harness.candles().candles().getFirst().openTime()).isEqualTo(epochMillis("03:00:00"));
    }

    @ParameterizedTest
    @CsvSource({ "2025-10-20T06:00:00Z", "2025.10.20 06:00:00", "1760940000", "2025-10-20T03:00:00+00:00",
            "2025-10-20T00:00:00-03:00" })
    void readsBrokerTimeByTheFeedsClock(String time) {
        String body = Items.candle().with("ts", '"' + time + '"').json();
        HttpResponse<String> response = send(body.getBytes(StandardCharsets.UTF_8),
                headers("X-API-Key", IngestWebHarness.ATHENS_KEY));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(harness.candles().candles().getFirst().openTime()).isEqualTo(epochMillis("03:00:00"));
    }

    @Test
    void parsesNumbersAsTextAndWithExponent() {
        Candle candle = ingestCandle(Items.candle()
            .with("open", "\"1.08550\"")
            .with("high", "10857e-4")
            .with("low", "\"1.0854E0\"")
            .with("close", "1.085600000000")
            .with("volume", "\"150.50\"")
            .json());
        assertThat(candle.open()).isEqualTo(108_550_000);
        assertThat(candle.high()).isEqualTo(108_570_000);
        assertThat(candle.low()).isEqualTo(108_540_000);
        assertThat(candle.close()).isEqualTo(108_560_000);
        assertThat(candle.volume()).isEqualByComparingTo("150.5");
    }

    @Test
    void prefersVolumeToTickVolumeToRealVolume() {
        Items items = Items.candle().with("real_volume", "1").with("tick_volume", "2");
        assertThat(ingestCandle(items.json()).volume()).isEqualByComparingTo("150");
        harness.forget();
        assertThat(ingestCandle(items.without("volume").json()).volume()).isEqualByComparingTo("2");
        harness.forget();
        assertThat(ingestCandle(items.without("tick_volume").json()).volume()).isEqualByComparingTo("1");
        harness.forget();
        assertThat(ingestCandle(items.without("real_volume").json()).volume()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void convertsPointsToPriceIfDigitsAreKnown() {
        assertThat(ingestCandle(Items.candle().with("symbol", "\"NO.DIGITS\"").with("spread", "2").json()).spread())
            .isEqualTo(Spread.ofUnknown(200_000_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle()
            .with("symbol", "\"NO.DIGITS\"")
            .with("spread", "2")
            .with("spread_unit", "\"points\"")
            .json()).spread()).isEqualTo(Spread.ofPoints(200_000_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle().with("symbol", "\"D5\"").with("spread", "2").with("digits", "5").json())
            .spread()).isEqualTo(Spread.ofPrice(2_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle().with("symbol", "\"D5\"").with("spread", "3").json()).spread())
            .as("by the digits known of the instrument")
            .isEqualTo(Spread.ofPrice(3_000));
        harness.forget();
        assertThat(
                ingestCandle(Items.candle().with("symbol", "\"NO.DIGITS\"").with("spread", "0.000050").json()).spread())
            .isEqualTo(Spread.ofPrice(5_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle().with("symbol", "\"NO.DIGITS\"").with("spread", "15.00").json()).spread())
            .isEqualTo(Spread.ofPrice(1_500_000_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle().with("symbol", "\"NO.DIGITS\"").with("spread", "15.0").json()).spread())
            .isEqualTo(Spread.ofUnknown(1_500_000_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle()
            .with("symbol", "\"NO.DIGITS\"")
            .with("spread", "0.00012")
            .with("spread_unit", "\"price\"")
            .json()).spread()).isEqualTo(Spread.ofPrice(12_000));
        harness.forget();
        assertThat(ingestCandle(Items.candle().json()).spread()).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "03:08:00, M1, , false", "03:09:00, M1, true, true", "03:10:00, M1, , false",
            "03:05:00, M5, true, true", "03:10:00, M5, , false", "03:00:00, M1, false, false",
            "03:10:00, M1, true, false", "03:05:00, M15, true, false", "00:00:00, D1, true, false" })
    void believesAMarkOnceTheBucketHasEnded(String time, String timeframe, String sent, boolean complete) {
        Items items = Items.candle()
            .with("ts", "\"2025-10-20T" + time + "Z\"")
            .with("timeframe", '"' + timeframe + '"');
        Candle candle = ingestCandle(((sent != null) ? items.with("complete", sent) : items).json());
        assertThat(candle.isFinal()).isEqualTo(complete);
    }

    @Test
    void acceptsValidItemsAmongInvalidOnes() {
        HttpResponse<String> response = harness.post("/ingest_batch", "[" + Items.candle().with("open", "0").json()
                + ",5," + Items.candle().json() + "," + Items.candle().with("symbol", "\"a|b\"").json() + "]");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
            .startsWith("{\"ok\":true,\"received\":4,\"inserted\":1,\"updated\":0,\"duplicates\":0,\"rejected\":3,");
        assertThat(response.body()).contains("\"reason\":\"open is 0; no quote yet", "\"reason\":\"the item is 5\"");
        assertThat(harness.candles().candles()).hasSize(1);
    }

    @Test
    void leavesOutAcceptedItemsIfSenderPrefersMinimal() {
        HttpResponse<String> response = send(
                ("[" + Items.candle().json() + "," + Items.candle().without("open").json() + "]")
                    .getBytes(StandardCharsets.UTF_8),
                headers("Prefer", "return=minimal"));
        assertThat(response.headers().firstValue("Preference-Applied")).hasValue("return=minimal");
        assertThat(response.body()).contains("\"received\":2", "\"rejected\":1", "open is missing")
            .doesNotContain("\"inserted\"}");
    }

    @Test
    void acceptsEmptyList() {
        assertThat(harness.post("/ingest", "{\"items\":[]}").body())
            .isEqualTo("{\"ok\":true,\"received\":0,\"inserted\":0,\"updated\":0,\"duplicates\":0,\"rejected\":0,"
                    + "\"details\":[]}");
    }

    @Test
    void publishesTicksByInstrumentInOrder() {
        HttpResponse<String> response = harness.post("/ingest/tick",
                "{\"ticks\":[" + tick("EURUSD", "03:01:10", "1.1") + "," + tick("GBPUSD", "03:01:10", "1.3") + ","
                        + tick("EURUSD", "03:01:10", "1.1") + "," + tick("EURUSD", "03:01:09", "1.2") + ","
                        + tick("EURUSD", "03:01:10", "1.4") + "]}");
        assertThat(response.body()).startsWith("{\"ok\":true,\"received\":5,\"duplicates\":0,\"rejected\":0,");
        List<TickBatch> batches = harness.ticks();
        assertThat(batches).extracting((ticks) -> ticks.instrument().key()).containsExactly("mt5|EURUSD", "mt5|GBPUSD");
        TickBatch eurusd = batches.getFirst();
        assertThat(eurusd.size()).isEqualTo(4);
        assertThat(new int[] { eurusd.seq(0), eurusd.seq(1), eurusd.seq(2), eurusd.seq(3) }).containsExactly(0, 1, 0,
                2);
        assertThat(eurusd.time(2)).isEqualTo(epochMillis("03:01:09"));
        assertThat(eurusd.bid(3)).isEqualTo(140_000_000);
        assertThat(eurusd.basis()).isEqualTo(PriceBasis.MID);
    }

    @Test
    void reportsDuplicateTickWithSentSeq() {
        String tick = Items.tick().with("seq", "3").json();
        String differing = Items.tick().with("seq", "3").with("bid", "1.0854").json();
        HttpResponse<String> response = harness.post("/ingest/tick",
                "{\"ticks\":[" + tick + "," + differing + "," + tick + "]}");
        assertThat(response.body()).contains("\"duplicates\":1", "\"status\":\"duplicate\"");
        assertThat(harness.ticks().getFirst().size()).isEqualTo(2);
        assertThat(harness.ticks().getFirst().seq(1)).isEqualTo(3);
    }

    @Test
    void publishesAllFieldsOfTick() {
        harness.post("/ingest/tick",
                "{\"ticks\":[" + Items.tick()
                    .with("ts_msc", "1760929270123")
                    .with("last", "1.0856")
                    .with("volume", "2.50")
                    .with("flags", "6")
                    .with("digits", "5")
                    .with("spread", "0.0002")
                    .json() + "]}");
        TickBatch ticks = harness.ticks().getFirst();
        assertThat(ticks.time(0)).isEqualTo(epochMillis("03:01:10") + 123);
        assertThat(ticks.last(0)).isEqualTo(108_560_000);
        assertThat(ticks.volume(0)).isEqualTo(new BigDecimal("2.5"));
        assertThat(ticks.flags(0)).isEqualTo(6);
    }

    @Test
    void acceptsThousandTicksOfManyInstruments() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 1000; i++) {
            body.append((i == 0) ? "" : ",")
                .append(tick("S" + i % 300, "03:00:%02d".formatted(i / 20), "1." + (i + 1)));
        }
        HttpResponse<String> response = harness.post("/ingest/tick", body.append(']').toString());
        assertThat(response.body()).startsWith("{\"ok\":true,\"received\":1000,\"duplicates\":0,\"rejected\":0,");
        assertThat(harness.ticks()).hasSize(300);
        assertThat(harness.ticks().stream().mapToInt(TickBatch::size).sum()).isEqualTo(1000);
    }

    private static String tick(String symbol, String time, String bid) {
        return Items.tick()
            .with("symbol", '"' + symbol + '"')
            .with("ts", "\"2025-10-20T" + time + "Z\"")
            .with("bid", bid)
            .with("ask", "2")
            .json();
    }

    private static Candle ingestCandle(String body) {
        HttpResponse<String> response = harness.post("/ingest", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return harness.candles().candles().getFirst();
    }

    private static HttpResponse<String> send(byte[] body, Map<String, String> headers) {
        return harness.post("/ingest", body, headers);
    }

    private static Map<String, String> headers(String name, String value) {
        Map<String, String> headers = new HashMap<>(Map.of("X-API-Key", IngestWebHarness.KEY));
        headers.put(name, value);
        return headers;
    }

    private static long epochMillis(String time) {
        return Instant.parse("2025-10-20T" + time + "Z").toEpochMilli();
    }

}
