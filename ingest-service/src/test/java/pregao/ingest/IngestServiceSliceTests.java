package pregao.ingest;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IngestServiceSliceTests {

    private static final String CANDLE = """
            {"symbol":"EURUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.0855,"high":1.0857,"low":1.0854,\
            "close":1.0856,"volume":150,"spread":2}""";

    private static IngestStack stack;

    @BeforeAll
    static void start() {
        stack = IngestStack.start();
        stack.awaitReady();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void takesDocumentedRequests() {
        HttpResponse<String> first = stack.post("/ingest", "{\"items\":[" + CANDLE + "]}");
        System.out.println(first.body());
        assertThat(first.statusCode()).isEqualTo(200);
        HttpResponse<String> batch = stack.post("/ingest_batch",
                "[" + CANDLE + "," + CANDLE.replace("EURUSD", "GBPUSD") + "]");
        System.out.println(batch.body());
        HttpResponse<String> ticks = stack.post("/ingest/tick", """
                {"ticks":[{"symbol":"EURUSD","ts":"2025-10-20T03:01:10.123Z","bid":1.0855,"ask":1.0857},
                {"symbol":"EURUSD","ts":"2025-10-20T03:01:15.456Z","bid":1.0856,"ask":1.0858}]}""");
        System.out.println(ticks.body());
        for (String path : new String[] { "/health", "/ingest/cursor?symbol=EURUSD&timeframe=M1",
                "/ingest/cursor?symbol=EURUSD&timeframe=tick", "/livez", "/readyz", "/v3/api-docs", "/nothing",
                "/ingest" }) {
            HttpResponse<String> answer = stack.get(path);
            System.out.println(path + " " + answer.statusCode() + " " + answer.headers().map() + answer.body());
        }
        assertThat(stack.get("/metrics").body()).contains("pregao_ingest_candles_total");
    }

}
