package pregao.devcluster.replay;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link Replay} against a model of the services.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplayTests {

    @TempDir
    private Path folder;

    private FakeServices services;

    private final List<Duration> waits = new ArrayList<>();

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        this.services = new FakeServices();
    }

    @AfterEach
    void stop() {
        this.services.close();
        this.client.close();
    }

    private void restart() throws IOException {
        this.services.close();
        start();
    }

    @Test
    void sendsEveryRowOnceInItsOrderWithItsNumberWithinTheTime() throws Exception {
        Path file = Recordings.ticks(this.folder, """
                EURUSD,2014-05-01T00:00:00.292Z,1.38676,1.38686
                EURUSD,2014-05-01T00:00:00.292Z,1.38677,1.38687
                GBPUSD,2014-05-01T00:00:00.292Z,1.68677,1.68687
                EURUSD,2014-05-01T00:00:00.292Z,1.38676,1.38686
                EURUSD,2014-05-01T00:00:00.293Z,1.38676,1.38686
                """);
        ReplaySummary summary = run(ReplayPlan.of(file));
        assertThat(summary.rows()).isEqualTo(5);
        assertThat(summary.sent()).isEqualTo(5);
        assertThat(summary.answer().received()).isEqualTo(5);
        assertThat(this.services.arrivals()).extracting((item) -> item.path("symbol").asString() + item.path("seq"))
            .containsExactly("EURUSD0", "EURUSD1", "GBPUSD0", "EURUSD2", "EURUSD0");
        assertThat(this.services.arrivals().getFirst()).hasToString("""
                {"symbol":"EURUSD","ts":"2014-05-01T00:00:00.292Z","seq":0,"bid":1.38676,"ask":1.38686}""");
        assertThat(this.services.ticks()).hasSize(5);
    }

    @Test
    void keepsEveryTickTheSameWhenShuffledAndSentTwice() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 2_000, 7);
        run(ReplayPlan.of(file));
        List<JsonNode> plain = this.services.arrivals();
        restart();
        ReplaySummary summary = run(
                ReplayPlan.of(file).inBatchesOf(37).shuffled(Duration.ofSeconds(30), 3).sentTwice());
        assertThat(summary.sent()).isEqualTo(4_000);
        assertThat(this.services.ticks()).containsExactlyInAnyOrderElementsOf(plain).hasSize(2_000);
        assertThat(this.services.arrivals().stream().distinct().toList()).isNotEqualTo(plain);
        assertNoRowPassedAnOlderOneByMoreThan(Duration.ofSeconds(30), this.services.arrivals().stream().distinct());
    }

    private static void assertNoRowPassedAnOlderOneByMoreThan(Duration window, Stream<JsonNode> arrivals) {
        Instant latest = Instant.EPOCH;
        for (JsonNode item : (Iterable<JsonNode>) arrivals::iterator) {
            Instant time = Instant.parse(item.path("ts").asString());
            assertThat(Duration.between(time, latest)).isLessThanOrEqualTo(window);
            latest = time.isAfter(latest) ? time : latest;
        }
    }

    @Test
    void sendsTheSameOrderForTheSameSeed() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 500, 7);
        ReplayPlan plan = ReplayPlan.of(file).inBatchesOf(20).shuffled(Duration.ofSeconds(30), 11).sentTwice();
        run(plan);
        List<JsonNode> first = this.services.arrivals();
        restart();
        run(plan);
        assertThat(this.services.arrivals()).isEqualTo(first);
    }

    @Test
    void halvesWhatIsTooLarge() throws Exception {
        this.services.takeAtMost(100);
        ReplaySummary summary = run(ReplayPlan.of(Recordings.randomTicks(this.folder, 1_000, 7)));
        assertThat(summary.answer().received()).isEqualTo(1_000);
        assertThat(this.services.ticks()).hasSize(1_000);
        assertThat(this.services.sizes()).allMatch((size) -> size <= 100);
    }

    @Test
    void waitsAsLongAsTheServiceAsksAndSendsAgain() throws Exception {
        this.services.failNext(429, Map.of("Retry-After", "7"), "{}");
        this.services.failNext(503, Map.of(), "{}");
        this.services.failNext(502, Map.of(), "{}");
        ReplaySummary summary = run(ReplayPlan.of(Recordings.randomTicks(this.folder, 10, 7)));
        assertThat(summary.sent()).isEqualTo(10);
        assertThat(summary.retries()).isEqualTo(3);
        assertThat(this.services.ticks()).hasSize(10);
        assertThat(this.waits).hasSize(3);
        assertThat(this.waits.getFirst()).isEqualTo(Duration.ofSeconds(7));
        assertThat(this.waits.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
    }

    @Test
    void givesUpOnAServiceThatStaysAway() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 10, 7);
        this.services.close();
        assertThatExceptionOfType(PostRefusedException.class).isThrownBy(() -> run(ReplayPlan.of(file)))
            .withMessageContaining("gave up after");
        assertThat(this.waits.stream().mapToLong(Duration::toSeconds).sum()).isGreaterThan(60);
    }

    @Test
    void stopsWhereSendingAgainWouldNotHelp() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 10, 7);
        this.services.failNext(400, Map.of(), "{\"title\":\"not JSON\"}");
        assertThatExceptionOfType(PostRefusedException.class).isThrownBy(() -> run(ReplayPlan.of(file)))
            .withMessage("400: {\"title\":\"not JSON\"}");
    }

    @Test
    void countsWhatIsRefusedAndSaysWhy() throws Exception {
        Path file = Recordings.candles(this.folder, """
                EURUSD,2014-05-01T00:00:00Z,1.38676,1.38686,1.38669,1.38686,0,11
                EURUSD,2014-05-01T00:01:00Z,1386.88,1.38688,1.38685,1.38685,0,13
                """);
        ReplaySummary summary = run(ReplayPlan.of(file).inBatchesOf(1));
        assertThat(summary.answer()).isEqualTo(
                new IngestResponse(2, 1, 0, 0, 1, List.of("EURUSD 2014-05-01T00:01:00Z: high does not enclose open")));
        assertThat(run(ReplayPlan.of(file)).answer().duplicates()).isEqualTo(1);
        assertThat(this.services.arrivals().getFirst()).hasToString("""
                {"symbol":"EURUSD","timeframe":"M1","final":true,"ts":"2014-05-01T00:00:00Z",\
                "open":1.38676,"high":1.38686,"low":1.38669,"close":1.38686,"volume":0,"spread":11}""");
    }

    @Test
    void leavesOutWhatIsOutsideTheTimes() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 1_000, 7);
        Instant from = Instant.parse("2014-05-01T00:02:00Z");
        Instant to = Instant.parse("2014-05-01T00:04:00Z");
        ReplaySummary summary = run(ReplayPlan.of(file).between(from, to));
        assertThat(summary.rows()).isPositive().isLessThan(1_000);
        assertThat(this.services.arrivals()).allSatisfy(
                (item) -> assertThat(Instant.parse(item.path("ts").asString())).isAfterOrEqualTo(from).isBefore(to));
    }

    @Test
    void readsPlainAndGzippedFiles() throws Exception {
        Path file = Recordings.randomTicks(this.folder, 100, 7);
        run(ReplayPlan.of(file));
        List<JsonNode> plain = this.services.arrivals();
        Path gzipped = Recordings.gzipped(file);
        Files.delete(file);
        restart();
        run(ReplayPlan.of(gzipped));
        assertThat(this.services.arrivals()).isEqualTo(plain);
    }

    @Test
    void namesTheLineThatIsNoRow() throws Exception {
        Path file = Recordings.ticks(this.folder, """
                EURUSD,2014-05-01T00:00:00.292Z,1.38676,1.38686
                EURUSD,2014-05-01 00:00,1.38676,1.38686
                """);
        assertThatExceptionOfType(UnreadableFileException.class).isThrownBy(() -> run(ReplayPlan.of(file)))
            .withMessageContaining("line 3")
            .withMessageContaining("2014-05-01 00:00");
    }

    private ReplaySummary run(ReplayPlan plan) throws Exception {
        RetryBackoff backoff = new RetryBackoff(Duration.ofSeconds(60), new Random(1), this.waits::add);
        IngestClient sender = new IngestClient(this.client, this.services.url(), FakeServices.KEY, backoff, (text) -> {
        });
        return new Replay(plan, sender, Replay.Progress.NONE).run();
    }

}
