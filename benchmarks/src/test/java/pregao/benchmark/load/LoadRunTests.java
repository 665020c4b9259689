package pregao.benchmark.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadRunTests {

    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    private final AtomicInteger refusals = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HttpServer server = unstarted();

    @BeforeEach
    void start() {
        this.server.createContext("/", this::answer);
        this.server.setExecutor(this.threads);
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    @Test
    void sendsEveryCandleOnce() throws Exception {
        Options options = options("--requests=7", "--batch=100", "--threads=3", "--symbols=A,B,C");

        LoadRun.Outcome outcome = new LoadRun(options, RequestTemplates.candles(options)).outcome();

        assertThat(outcome.statuses).containsExactly(Map.entry(200, 7L));
        assertThat(outcome.sent).isEqualTo(700);
        assertThat(outcome.counted).isEqualTo(7 * 42);
        assertThat(outcome.nanos.getTotalCount()).isEqualTo(7);
        List<String> keys = this.bodies.stream()
            .flatMap((body) -> Arrays.stream(body.split("\\},", -1)))
            .map((item) -> item.replaceFirst(".*(\"ts\".*)\"open\".*", "$1"))
            .toList();
        assertThat(keys).hasSize(700).doesNotHaveDuplicates();
        assertThat(this.bodies).allMatch((body) -> body.startsWith("[{") && body.endsWith("}]"));
    }

    @Test
    void sendsTicksAsAnEaDoes() throws Exception {
        Options options = options("--requests=1", "--batch=4", "--symbols=A,B");

        new LoadRun(options, RequestTemplates.ticks(options)).outcome();

        assertThat(this.bodies).singleElement()
            .asString()
            .startsWith("{\"ticks\":[{\"ts\":\"2024-01-01T00:00:00Z\",\"symbol\":\"A\",\"bid\":1.0")
            .contains("{\"ts\":\"2024-01-01T00:00:00.250Z\",\"symbol\":\"B\"")
            .endsWith("}]}");
    }

    @Test
    void comesAgainWhereItWasSentAwayForAWhile() throws Exception {
        this.refusals.set(2);
        Options options = options("--requests=3", "--threads=1", "--batch=5");

        LoadRun.Outcome outcome = new LoadRun(options, RequestTemplates.candles(options)).outcome();

        assertThat(outcome.retried).isEqualTo(2);
        assertThat(outcome.statuses).containsExactly(Map.entry(200, 3L));
    }

    @Test
    void showsTheFirstRefusalAndCountsNothingForIt() throws Exception {
        Options options = options("--requests=2", "--threads=1", "--symbols=REFUSED");

        LoadRun.Outcome outcome = new LoadRun(options, RequestTemplates.reads(options)).outcome();

        assertThat(outcome.statuses).containsExactly(Map.entry(400, 2L));
        assertThat(outcome.sent).isZero();
        assertThat(outcome.refusal).isEqualTo("no");
    }

    @Test
    void keepsToARate() throws Exception {
        Options options = options("--requests=20", "--threads=2", "--rate=100", "--symbols=A");

        LoadRun.Outcome outcome = new LoadRun(options, RequestTemplates.reads(options)).outcome();

        assertThat(outcome.seconds).isGreaterThan(0.18);
        assertThat(outcome.sent).isEqualTo(20);
    }

    @Test
    void showsTheCpuTimeOfProcesses() throws Exception {
        long own = ProcessHandle.current().pid();
        Options options = options("--requests=50", "--symbols=A", "--pids=" + own);

        LoadRun.Outcome outcome = new LoadRun(options, RequestTemplates.reads(options)).outcome();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        LoadGenerator.print("reads", outcome, new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(outcome.cpu).containsOnlyKeys(own);
        assertThat(outcome.cpu.get(own)).isBetween(0.0, 60.0);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("reads: 50 in", "p99", "process " + own);
    }

    @Test
    void failsWhereNothingAnswers() {
        this.server.stop(0);
        Options options = options("--requests=1");

        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> new LoadRun(options, RequestTemplates.reads(options)).outcome());
    }

    @Test
    void refusesArgumentsItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("--thread=4")))
            .withMessageContaining("threads");
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("threads=4")));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("--batch=1001")));
    }

    private Options options(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url=http://127.0.0.1:" + this.server.getAddress().getPort());
        return Options.parse(all);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (this.refusals.getAndDecrement() > 0) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            if (exchange.getRequestURI().toString().contains("REFUSED")) {
                send(exchange, 400, "no", false);
                return;
            }
            this.bodies.add(body);
            // Services may answer either way.
            send(exchange, 200, "{\"ok\":true,\"received\":99,\"inserted\":42}", body.hashCode() % 2 == 0);
        }
    }

    private static void send(HttpExchange exchange, int status, String text, boolean chunked) throws IOException {
        exchange.sendResponseHeaders(status, chunked ? 0 : text.length());
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
