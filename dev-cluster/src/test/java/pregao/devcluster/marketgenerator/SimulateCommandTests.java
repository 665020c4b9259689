package pregao.devcluster.marketgenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import pregao.devcluster.replay.FakeServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SimulateCommand} against a model of the services.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SimulateCommandTests {

    private FakeServices services;

    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        this.services = new FakeServices();
    }

    @AfterEach
    void stop() {
        this.services.close();
    }

    @Test
    void postsTheHistoryThenTheQuotesThatEndNow() {
        Instant before = InstantSource.system().instant();
        int exit = run("--seed", "7", "--symbols", "EURUSD,SOLUSDT", "--duration", "2m", "--speed", "240", "--history",
                "0.5");
        Instant after = InstantSource.system().instant();
        assertThat(exit).as(this.printed.toString()).isZero();
        assertThat(this.services.candles()).isEqualTo(2 * 720);
        List<JsonNode> ticks = this.services.arrivals().stream().filter((item) -> item.has("bid")).toList();
        assertThat(ticks).hasSizeGreaterThan(1_000);
        assertThat(ticks).allSatisfy((tick) -> assertThat(Instant.parse(tick.path("ts").asString()))
            .isBetween(before.minusSeconds(121), after));
        assertThat(this.printed.toString()).contains("history: 1,440 candles, inserted 1,440")
            .containsPattern("done: [1-9],\\d{3} ticks, 0 rejected");
    }

    @Test
    void isOnTimeHoweverLongItsHistoryTook() {
        AtomicLong passed = new AtomicLong();
        InstantSource slow = () -> InstantSource.system().instant().plusMillis(passed.get());
        this.services.onCandles(() -> passed.updateAndGet((millis) -> Math.min(millis + 100_000, 200_000)));
        assertThat(run(slow, "--symbols", "EURUSD", "--history", "1", "--duration", "2s")).as(this.printed.toString())
            .isZero();
        Instant after = slow.instant();

        List<Instant> minutes = times("open");
        Instant first = times("bid").getFirst();
        assertThat(first).as("the first quote, after %s ms of history", passed)
            .isBetween(after.minusSeconds(60), after);
        for (int i = 1; i < minutes.size(); i++) {
            assertThat(minutes.get(i)).isEqualTo(minutes.get(i - 1).plusSeconds(60));
        }
        assertThat(minutes.getLast().plusSeconds(60)).isEqualTo(first.truncatedTo(ChronoUnit.MINUTES));
    }

    @Test
    void postsADayOfHistoryWhereNothingIsStored() {
        assertThat(run("--symbols", "EURUSD,SOLUSDT", "--duration", "1s")).as(this.printed.toString()).isZero();
        assertThat(this.services.candles()).isBetween(2 * 1_440, 2 * 1_441);
    }

    @Test
    void postsOfTheLastDayOnlyWhatIsNotStored() {
        Instant newest = InstantSource.system().instant().truncatedTo(ChronoUnit.MINUTES).minusSeconds(600);
        this.services.knowsUpTo(newest.atOffset(ZoneOffset.ofHours(3)).toString());
        assertThat(run("--symbols", "EURUSD", "--duration", "1s")).as(this.printed.toString()).isZero();
        assertThat(times("open")).isNotEmpty().allMatch((minute) -> minute.isAfter(newest));
    }

    private List<Instant> times(String field) {
        return this.services.arrivals()
            .stream()
            .filter((item) -> item.has(field))
            .map((item) -> Instant.parse(item.path("ts").asString()))
            .toList();
    }

    @Test
    void refusesToRunAheadOfTheClock() {
        assertThat(run("--speed", "10")).isEqualTo(2);
        assertThat(this.printed.toString()).contains("above 1 needs --duration");
    }

    @Test
    void refusesALengthThatIsNone() {
        assertThat(run("--duration", "soon")).isEqualTo(2);
        assertThat(this.printed.toString()).contains("90s, 5m or 1h30m, not 'soon'");
    }

    private int run(String... arguments) {
        return run(InstantSource.system(), arguments);
    }

    private int run(InstantSource clock, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", this.services.url().toString(), "--api-key", FakeServices.KEY));
        PrintWriter out = new PrintWriter(this.printed);
        return new CommandLine(new SimulateCommand(Path.of("target"), clock)).setOut(out)
            .setErr(out)
            .execute(all.toArray(String[]::new));
    }

}
