package pregao.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that senders whose bodies do not arrive leave capacity for others.
 */
class SlowSenderTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final IngestWebHarness harness = IngestWebHarness.open();

    private final List<Socket> slowSockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : this.slowSockets) {
            socket.close();
        }
        this.harness.close();
    }

    @Test
    void leavesCapacityForOthersIfOneKeySendsByteByByte() throws IOException {
        for (int i = 0; i < 300; i++) {
            startBody(IngestWebHarness.KEY);
        }
        await("half of the slots are taken", () -> this.harness.requestsUnderWay() >= 128);

        HttpResponse<String> response = post(IngestWebHarness.ATHENS_KEY);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(this.harness.requestsUnderWay()).isLessThanOrEqualTo(128);
    }

    @Test
    void cutsOffSlowBodiesIfAllPermitsAreTaken() throws IOException {
        for (int i = 0; i < 128; i++) {
            startBody(IngestWebHarness.KEY);
            startBody(IngestWebHarness.ATHENS_KEY);
        }
        await("all slots are taken", () -> this.harness.requestsUnderWay() == 256);

        await("a third sender gets through", () -> post(IngestWebHarness.EXCHANGE_KEY).statusCode() == 200);
        assertThat(readStatus()).as("a slow one is told why").isEqualTo(408);
    }

    private HttpResponse<String> post(String key) {
        return this.harness.post("/ingest",
                Items.candle().with("ts", "\"2025-10-20T03:00:00+00:00\"").json().getBytes(StandardCharsets.UTF_8),
                Map.of("X-API-Key", key));
    }

    /** Declares a longer body than it sends. */
    private void startBody(String key) throws IOException {
        URI url = URI.create(this.harness.url());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        this.slowSockets.add(socket);
        socket.getOutputStream()
            .write(("POST /ingest HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key
                    + "\r\nContent-Length: 1000\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private int readStatus() throws IOException {
        for (Socket socket : this.slowSockets) {
            if (socket.getInputStream().available() > 0) {
                byte[] line = socket.getInputStream().readNBytes(12);
                return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9));
            }
        }
        return 0;
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within %s: %s", TIMEOUT, what).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

}
