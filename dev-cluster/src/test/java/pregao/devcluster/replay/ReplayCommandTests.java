package pregao.devcluster.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ReplayCommand} against a model of the services.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplayCommandTests {

    private static final String TICKS = """
            EURUSD,2014-05-01T00:00:00.292Z,1.38676,1.38686
            EURUSD,2014-05-01T00:00:40.000Z,1.38686,1.38696
            EURUSD,2014-05-01T00:02:00.000Z,1.38670,1.38680
            """;

    @TempDir
    private Path folder;

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
    void saysThatWhatIsStoredIsWhatWasExpected() throws IOException {
        Path ticks = Recordings.ticks(this.folder, TICKS);
        Path candles = Recordings.candles(this.folder, """
                EURUSD,2014-04-30T23:59:00Z,9,9,9,9,0,11
                EURUSD,2014-05-01T00:00:00Z,1.38676,1.38686,1.38676,1.38686,0,11
                EURUSD,2014-05-01T00:02:00Z,1.38670,1.3867,1.38670,1.38670,0,13
                EURUSD,2014-05-01T00:03:00Z,9,9,9,9,0,11
                """);
        assertThat(run(ticks.toString(), "--expect", candles.toString())).isZero();
        assertThat(this.printed.toString()).contains("3 rows of EURUSD, 3 sent in 1 requests (0 of them again)")
            .contains("received 3  rejected 0")
            .contains("2 candles equal, 0 missing, 0 extra, 0 different")
            .contains("read back: curl -s -H \"X-API-Key: $(./pregao credentials --key)\" '" + this.services.url()
                    + "/api/market-data?symbol=EURUSD&timeframe=M1&feed=replay-mid&from=2014-05-01T00:00:00Z"
                    + "&to=2014-05-01T00:03:00Z&limit=5000'");
    }

    @Test
    void saysWhatIsMissingExtraAndDifferent() throws IOException {
        Path ticks = Recordings.ticks(this.folder, TICKS);
        Path candles = Recordings.candles(this.folder, """
                EURUSD,2014-05-01T00:00:00Z,1.38676,1.38687,1.38676,1.38686,0,11
                EURUSD,2014-05-01T00:01:00Z,1.38670,1.38670,1.38670,1.38670,0,13
                """);
        assertThat(run(ticks.toString(), "--patience", "0", "--expect", candles.toString())).isOne();
        assertThat(this.printed.toString()).contains("0 candles equal, 1 missing, 1 extra, 1 different")
            .contains("missing 2014-05-01T00:01:00Z")
            .contains("extra 2014-05-01T00:02:00Z")
            .contains("expected 2014-05-01T00:00:00Z 1.38676 1.38687 1.38676 1.38686, stored 2014-05-01T00:00:00Z"
                    + " 1.38676 1.38686 1.38676 1.38686");
    }

    @Test
    void takesRejectedRowsForAnErrorOnlyWhenStrict() throws IOException {
        Path candles = Recordings.candles(this.folder, """
                EURUSD,2014-05-01T00:00:00Z,1.38676,1.38686,1.38669,1.38686,0,11
                EURUSD,2014-05-01T00:01:00Z,1386.88,1.38688,1.38685,1.38685,0,13
                """);
        assertThat(run(candles.toString())).isZero();
        assertThat(this.printed.toString()).contains("inserted 1  updated 0  duplicates 0  rejected 1")
            .contains("rejected EURUSD 2014-05-01T00:01:00Z: high does not enclose open");
        assertThat(run(candles.toString(), "--strict")).isOne();
    }

    @Test
    void showsTheProblemThatStoppedIt() throws IOException {
        Path ticks = Recordings.ticks(this.folder, TICKS);
        this.services.failNext(403, java.util.Map.of(), "{\"title\":\"not this feed\"}");
        assertThat(run(ticks.toString())).isOne();
        assertThat(this.printed.toString()).contains("403: {\"title\":\"not this feed\"}");
    }

    @Test
    void refusesAFileOfSomethingElse() throws IOException {
        Path file = Files.writeString(this.folder.resolve("other.csv"), "a,b\n1,2\n");
        assertThat(run(file.toString())).isOne();
        assertThat(this.printed.toString()).contains("line 1: expected the columns symbol,ts,bid,ask");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", this.services.url().toString(), "--api-key", FakeServices.KEY));
        PrintWriter out = new PrintWriter(this.printed);
        return new CommandLine(new ReplayCommand(Path.of("target"))).setOut(out)
            .setErr(out)
            .execute(all.toArray(String[]::new));
    }

}
