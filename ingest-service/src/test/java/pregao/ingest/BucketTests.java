package pregao.ingest;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bucket of a candle, and for times that have no bucket.
 */
class BucketTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static IngestWebHarness harness;

    @BeforeAll
    static void open() {
        harness = IngestWebHarness.open();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource(textBlock = """
            key-of-mt5,     '+03:00', M1,  2025-10-20T06:00:23Z,      2025-10-20T03:00:00Z
            key-of-mt5,     '+03:00', H1,  2025-10-20T05:10:00Z,      2025-10-20T02:00:00Z
            key-of-mt5,     '+05:30', M15, 2025-10-20T05:10:00Z,      2025-10-19T23:30:00Z
            key-of-mt5,     '',       H1,  2025-10-20T05:10:00+03:00, 2025-10-20T02:00:00Z
            key-of-mt5,     '',       D1,  2025-10-19T00:00:59.999Z,  2025-10-19T00:00:00Z
            key-of-mt5,     '+03:00', H4,  2025-10-19T03:00:00Z,      2025-10-19T00:00:00Z
            key-of-athens,  '',       H1,  2025.10.20 03:10:11,       2025-10-20T00:00:00Z
            key-of-newyork, '',       D1,  2025-10-16T21:00:00Z,      2025-10-16T21:00:00Z
            key-of-newyork, '+03:00', D1,  2025-10-17T00:00:20Z,      2025-10-16T21:00:00Z
            key-of-newyork, '',       D1,  2025-01-16T22:00:00Z,      2025-01-16T22:00:00Z
            key-of-newyork, '',       H4,  2025-10-17T01:00:00Z,      2025-10-17T01:00:00Z
            key-of-newyork, '',       H1,  2025-10-17T01:59:00Z,      2025-10-17T01:00:00Z
            """)
    void floorsToTheBucket(String key, String offset, String timeframe, String time, String bucket) {
        JsonNode response = JSON.readTree(send(key, offset, timeframe, time, 200).body());

        assertThat(response.get("details").get(0).get("ts_bucket").asString()).isEqualTo(bucket);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(textBlock = """
            key-of-mt5,     '',       D1, 2025-10-16T21:00:00.000000000Z, UTC
            key-of-mt5,     '',       D1, 2025-10-17T00:00:00+03:00,      UTC
            key-of-mt5,     '+03:00', D1, 2025-10-17T00:00:00Z,           UTC
            key-of-mt5,     '',       D1, 2025-10-17T00:01:00Z,           UTC
            key-of-mt5,     '',       H4, 2025-10-17T05:00:00Z,           UTC
            key-of-athens,  '',       D1, 2025.10.17 00:00,               UTC
            key-of-newyork, '',       D1, 2025-10-17T00:00:00Z,           America/New_York+07:00
            key-of-newyork, '',       H4, 2025-10-17T00:00:00Z,           America/New_York+07:00
            key-of-newyork, '',       D1, 2025-01-16T21:00:00Z,           America/New_York+07:00
            """)
    void refusesDaysOfAnotherGridAndNamesTheSetting(String key, String offset, String timeframe, String time,
            String grid) {
        JsonNode error = JSON.readTree(send(key, offset, timeframe, time, 422).body()).get("errors").get(0);

        assertThat(error.get("reason").asString()).startsWith("misaligned").contains("day grid of " + grid);
        assertThat(error.get("expected").asString()).contains("day_zone");
    }

    private static HttpResponse<String> send(String key, String offset, String timeframe, String time, int status) {
        String body = Items.candle().with("timeframe", '"' + timeframe + '"').with("ts", '"' + time + '"').json();
        Map<String, String> headers = offset.isEmpty() ? Map.of("X-API-Key", key, "Content-Type", "application/json")
                : Map.of("X-API-Key", key, "Content-Type", "application/json", "X-UTC-Offset", offset);
        HttpResponse<String> response = harness.send("POST", "/ingest", body.getBytes(StandardCharsets.UTF_8), headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response;
    }

}
