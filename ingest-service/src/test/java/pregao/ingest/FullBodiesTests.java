package pregao.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import pregao.contracts.key.ApiKey;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.testsupport.TestResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test with twenty concurrent senders of bodies of the maximum size, against a service
 * process with the heap and direct memory of production.
 */
class FullBodiesTests {

    /** Index of the first key after those of {@link IngestTestEnvironment}. */
    private static final int FIRST_KEY = 5;

    private static final int SENDER_COUNT = 20;

    private static final int MAX_BODY_SIZE = 8 << 20;

    private static final int TICKS = 10_000;

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();

    @AfterAll
    static void stop() {
        ENVIRONMENT.close();
    }

    @Test
    void respondsToAllSendersWithoutRunningOutOfMemory() throws Exception {
        ENVIRONMENT.awaitReady();
        int port = Ports.free();
        Path folder = TestResources.folder("pregao-full-bodies");
        ChildProcess service = ChildProcess
            .start(new ProcessSpec("ingest", commandLine(port), Map.of(), folder, Signal.KILL));
        Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDER_COUNT)) {
            IngestTestEnvironment.await("the service is ready", () -> !service.isAlive() || readiness(port) == 200);
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < SENDER_COUNT; i++) {
                int sender = i;
                tasks.add(() -> sendUntilAccepted(port, sender, statuses));
            }
            List<Future<Integer>> done = senders.invokeAll(tasks, TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(service.isAlive()).as("the process lives; %s", service.tail()).isTrue();
            for (Future<Integer> sent : done) {
                assertThat(sent.isCancelled()).as("each got through within %s: %s", TIMEOUT, statuses).isFalse();
                assertThat(sent.get()).isEqualTo(2);
            }
            assertThat(statuses.keySet()).as("%s", statuses).contains(200).isSubsetOf(200, 429);
            assertThat(readiness(port)).isEqualTo(200);
        }
        finally {
            service.close();
        }
    }

    private static int sendUntilAccepted(int port, int sender, Map<Integer, LongAdder> statuses) throws Exception {
        byte[] body = body(sender);
        boolean packed = sender % 4 == 3;
        int acceptedCount = 0;
        while (acceptedCount < 2) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(port) + "/ingest/tick"))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", "full-" + sender);
            if (packed) {
                request.header("Content-Encoding", "gzip");
            }
            byte[] sent = packed ? gzip(body) : body;
            HttpResponse<String> response = HTTP.send(
                    request.POST(HttpRequest.BodyPublishers.ofByteArray(sent)).build(),
                    HttpResponse.BodyHandlers.ofString());
            statuses.computeIfAbsent(response.statusCode(), (_) -> new LongAdder()).increment();
            if (response.statusCode() == 200) {
                assertThat(response.body()).contains("\"received\":" + TICKS);
                acceptedCount++;
            }
            else if (response.statusCode() == 429) {
                assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
                TimeUnit.MILLISECONDS.sleep(50L + sender);
            }
            else {
                return -response.statusCode();
            }
        }
        return acceptedCount;
    }

    /**
     * Some bodies are not UTF-8 and some contain an invalid number, which makes them the
     * most expensive.
     */
    private static byte[] body(int sender) {
        int itemSize = MAX_BODY_SIZE / TICKS - 2;
        StringBuilder body = new StringBuilder("{\"ticks\":[");
        for (int i = 0; i < TICKS; i++) {
            String tick = Items.tick()
                .with("symbol", "\"S" + sender + "." + i % 7 + "\"")
                .with("ts", "\"2025-10-20T03:01:%02d.%03dZ\"".formatted(i / 1000 % 60, i % 1000))
                .with("ea", (sender % 5 == 1 && i == TICKS - 1) ? "nan" : (sender % 5 == 2) ? "\"São\"" : "\"EA\"")
                .json();
            body.append((i == 0) ? "" : ",").append(tick).append(" ".repeat(itemSize - tick.length() - 1));
        }
        return body.append("]}").toString().getBytes(Charset.forName("windows-1252"));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static List<String> commandLine(int port) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms32m", "-Xmx160m",
                        "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k",
                        "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=" + StandardCharsets.UTF_8, "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IngestService.class.getName()));
        ENVIRONMENT.arguments().stream().filter((each) -> !each.startsWith("--server.port=")).forEach(line::add);
        line.add("--server.port=" + port);
        for (int i = 0; i < SENDER_COUNT; i++) {
            line.add("--pregao.keys[%d].hash=%s".formatted(FIRST_KEY + i, ApiKey.hash("full-" + i)));
            line.add("--pregao.keys[%d].owner=tester".formatted(FIRST_KEY + i));
        }
        return line;
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static int readiness(int port) {
        try {
            return HTTP
                .send(HttpRequest.newBuilder(URI.create(url(port) + "/readyz")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        }
        catch (IOException ex) {
            return 0;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

}
