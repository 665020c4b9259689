package pregao.ingest;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules of times: valid formats, precedence of fields, and time zones. The
 * feed {@code athens} uses the time of New York plus seven hours.
 */
class TimeRuleTests {

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
    @CsvSource({ "\"20251020\", 2025-10-20", "20251020, 2025-10-20", "202510200300, 2025-10-20 03:00",
            "\"202510200300\", 2025-10-20 03:00", "20251020030000, 2025-10-20 03:00:00", "1760929.2, 2000",
            "1760929200000000, microseconds", "-5, 2000", "946684799, 2000", "4102444800, 2000", "4102444800000, 2000",
            "0, 2000", "1e10, 2000", "12345, 2000" })
    void rejectsNumbersThatAreNoEpoch(String ts, String named) {
        HttpResponse<String> response = harness.post("/ingest",
                Items.candle().with("ts", ts).with("timeframe", "\"D1\"").json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"ts\"", named);
        HttpResponse<String> tick = harness.post("/ingest/tick", "[" + Items.tick().with("ts", ts).json() + "]");
        assertThat(tick.statusCode()).as(tick.body()).isEqualTo(422);
        assertThat(tick.body()).contains("\"field\":\"ts\"", named);
    }

    @ParameterizedTest
    @CsvSource({ "946684800, 2000-01-01T00:00:00Z", "946684800000, 2000-01-01T00:00:00Z",
            "1760929200, 2025-10-20T03:00:00Z", "1760929200000, 2025-10-20T03:00:00Z" })
    void takesNumbersThatAreAnEpoch(String ts, String stored) {
        HttpResponse<String> response = harness.post("/ingest", Items.candle().with("ts", ts).json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(harness.candles().candles().getFirst().openTime()).isEqualTo(Instant.parse(stored).toEpochMilli());
    }

    @Test
    void rejectsSecondsInMillisecondField() {
        String body = "[" + Items.tick().without("ts").with("time_msc", "1760929200").json() + "]";
        HttpResponse<String> response = harness.post("/ingest/tick", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"time_msc\"", "seconds");
    }

    @ParameterizedTest
    @CsvSource({ "time, \"2025-10-20T09:00:00Z\"", "time, 1760929202", "time_msc, 1760929201001",
            "ts_msc, 1760929198999", "time, \"2025-10-20T03:00:00+03:00\"" })
    void rejectsTimesThatDisagreeAndNamesBoth(String field, String other) {
        HttpResponse<String> response = harness.post("/ingest", Items.candle().with(field, other).json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("ts 2025-10-20T03:00:00Z", field + " ", "apart");
        HttpResponse<String> tick = harness.post("/ingest/tick",
                "[" + Items.tick().with("ts", "\"2025-10-20T03:00:00Z\"").with(field, other).json() + "]");
        assertThat(tick.statusCode()).as(tick.body()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({ "time, 1760929201", "time_msc, 1760929201000", "ts_msc, 1760929199000",
            "time, \"2025-10-20T06:00:00+03:00\"", "time_msc, 0" })
    void takesTimesThatAgree(String field, String other) {
        HttpResponse<String> response = harness.post("/ingest", Items.candle().with(field, other).json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({ "2025-07-01T09:00:00+00:00, 2025-07-01T09:00:00Z", "2025-07-01T09:00:00-00:00, 2025-07-01T09:00:00Z",
            "2025-07-01T12:00:00Z, 2025-07-01T09:00:00Z", "2025-07-01T12:00:00, 2025-07-01T09:00:00Z",
            "2025-07-01T12:00:00+03:00, 2025-07-01T09:00:00Z" })
    void believesAnExplicitOffset(String ts, String stored) {
        assertThat(bucket(ts)).isEqualTo(stored);
        HttpResponse<String> response = harness.post("/ingest",
                Items.candle().with("ts", "\"2025-07-01T09:00:00+00:00\"").json().getBytes(StandardCharsets.UTF_8),
                Map.of("X-API-Key", IngestWebHarness.KEY, "X-UTC-Offset", "+03:00"));
        assertThat(response.body()).contains("\"ts_bucket\":\"2025-07-01T09:00:00Z\"");
    }

    @Test
    void rejectsSkippedLocalTime() {
        // New York skips from 02:00 to 03:00 on March 9, 2025; the feed's time from 09:00
        // to 10:00.
        HttpResponse<String> response = postAsAthens("/ingest",
                Items.candle().with("ts", "\"2025-03-09T09:30:00Z\"").json());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("skips", "\"field\":\"ts\"");
        assertThat(bucket("2025-03-09T08:59:00Z")).isEqualTo("2025-03-09T06:59:00Z");
        assertThat(bucket("2025-03-09T10:00:00Z")).isEqualTo("2025-03-09T07:00:00Z");
    }

    @Test
    void rejectsUnresolvedAmbiguousLocalTime() {
        // New York goes back from 02:00 to 01:00 on November 3, 2024; the feed's time
        // from 08:00 to 09:00 occurs twice.
        HttpResponse<String> response = postAsAthens("/ingest",
                "[" + minute("2024-11-03T08:10:00Z") + "," + minute("2024-11-03T08:11:00Z") + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("twice");
    }

    @Test
    void resolvesAmbiguousLocalTimeByPreviousItems() {
        postAsAthens("/ingest",
                "[" + minute("2024-11-03T07:59:00Z") + "," + minute("2024-11-03T08:00:00Z") + ","
                        + minute("2024-11-03T08:40:00Z") + "," + minute("2024-11-03T08:05:00Z") + ","
                        + minute("2024-11-03T08:59:00Z") + "," + minute("2024-11-03T09:00:00Z") + "]");
        assertThat(buckets()).containsExactly("2024-11-03T04:59:00Z", "2024-11-03T05:00:00Z", "2024-11-03T05:40:00Z",
                "2024-11-03T06:05:00Z", "2024-11-03T06:59:00Z", "2024-11-03T07:00:00Z");
    }

    @Test
    void resolvesAmbiguousLocalTimeByFollowingItems() {
        postAsAthens("/ingest", "[" + minute("2024-11-03T08:50:00Z") + "," + minute("2024-11-03T08:10:00Z") + ","
                + minute("2024-11-03T08:20:00Z") + "]");
        assertThat(buckets()).containsExactly("2024-11-03T05:50:00Z", "2024-11-03T06:10:00Z", "2024-11-03T06:20:00Z");
        harness.forget();
        postAsAthens("/ingest", "[" + minute("2024-11-03T08:58:00Z") + "," + minute("2024-11-03T08:59:00Z") + ","
                + minute("2024-11-03T09:00:00Z") + "]");
        assertThat(buckets()).containsExactly("2024-11-03T06:58:00Z", "2024-11-03T06:59:00Z", "2024-11-03T07:00:00Z");
    }

    @Test
    void resolvesAmbiguousLocalTimesOfTicksByOrder() {
        HttpResponse<String> response = postAsAthens("/ingest/tick",
                "{\"ticks\":[" + quote("08:50:00") + "," + quote("08:59:59") + "," + quote("08:00:00") + ","
                        + quote("08:10:00") + "," + quote("09:00:00") + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var ticks = harness.ticks().getFirst();
        assertThat(new long[] { ticks.time(0), ticks.time(1), ticks.time(2), ticks.time(3), ticks.time(4) })
            .containsExactly(epochMillis("05:50:00"), epochMillis("05:59:59"), epochMillis("06:00:00"),
                    epochMillis("06:10:00"), epochMillis("07:00:00"));
    }

    private static long epochMillis(String time) {
        return Instant.parse("2024-11-03T" + time + "Z").toEpochMilli();
    }

    private static String quote(String time) {
        return Items.tick().with("ts", "\"2024-11-03T" + time + "Z\"").json();
    }

    private static String minute(String ts) {
        return Items.candle().with("ts", '"' + ts + '"').json();
    }

    private static String bucket(String ts) {
        harness.forget();
        HttpResponse<String> response = postAsAthens("/ingest", minute(ts));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Instant.ofEpochMilli(harness.candles().candles().getFirst().openTime()).toString();
    }

    private static java.util.List<String> buckets() {
        return harness.candles()
            .candles()
            .stream()
            .map((candle) -> Instant.ofEpochMilli(candle.openTime()).toString())
            .toList();
    }

    private static HttpResponse<String> postAsAthens(String path, String body) {
        return harness.post(path, body.getBytes(StandardCharsets.UTF_8),
                Map.of("X-API-Key", IngestWebHarness.ATHENS_KEY));
    }

}
