package pregao.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test that a connection is read further if a request arrives before the response to the
 * previous one.
 */
class KeptConnectionTests {

    private static final int CONNECTION_COUNT = 20;

    @Test
    void respondsToRequestAfterDelayedRequest() throws IOException {
        try (IngestWebHarness door = IngestWebHarness.open()) {
            for (int i = 0; i < CONNECTION_COUNT; i++) {
                assertThreeResponses(URI.create(door.url()).getPort());
            }
        }
    }

    private static void assertThreeResponses(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            sendRequests(socket, "/ingest/cursor?symbol=EURUSD&timeframe=M1", "/health");
            assertThat(status(reader)).contains("503");
            assertThat(status(reader)).contains("200");
            sendRequests(socket, "/health");
            assertThat(status(reader)).contains("200");
        }
    }

    private static void sendRequests(Socket socket, String... paths) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (String path : paths) {
            requests.append("GET ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ingest\r\nX-API-Key: ")
                .append(IngestWebHarness.KEY)
                .append("\r\n\r\n");
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String status(BufferedReader reader) throws IOException {
        String line = "";
        // The body of the previous response does not end with a line break.
        while (!line.contains("HTTP/1.1 ")) {
            line = Objects.requireNonNull(reader.readLine(), "the connection was closed");
        }
        return line;
    }

}
