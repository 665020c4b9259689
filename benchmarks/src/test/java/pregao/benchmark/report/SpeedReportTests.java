package pregao.benchmark.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SpeedReportTests {

    @TempDir
    private Path folder;

    @Test
    void printsTheRatiosOfTheRun() throws IOException {
        assertThat(table("us.candles.rate=60000", "copy.rate=240000", "peer.candles.rate=20000")).containsExactly(
                "| row | must | aim | measured |", "|---|---|---|---|",
                "| candles accepted, batches of 1,000 | ≥ 6 × the peer, ≥ 0.35 × COPY | 0.6 × COPY |"
                        + " 60,000 a second; **3.0 × the peer**; **0.25 × COPY** |");
    }

    @Test
    void leavesOutWhatWasNotMeasured() throws IOException {
        assertThat(table("us.ticks.cpu.0=1.5", "other=1")).containsExactly("| row | must | aim | measured |",
                "|---|---|---|---|", "| ticks accepted, batches of 1,000 | ≥ 10 × the peer; ≤ 2 µs CPU a tick in ingest"
                        + " | ≤ 1 µs | **1.50 µs CPU** |");
    }

    @Test
    void takesTheLaterOfTwoFiguresWithOneName() throws IOException {
        assertThat(table("us.reads.p99=30", "us.reads.p99=10.25")).last().asString().contains("**p99 10.3 ms**");
    }

    @Test
    void takesAwayWhatTheDriverCosts() throws IOException {
        assertThat(table("KafkaStreamsBenchmark.windows.cpu=4000", "KafkaStreamsBenchmark.driverAlone.cpu=3400",
                "CandleAggregationBenchmark.lateTolerantInOrder.cpu=20"))
            .last()
            .asString()
            .endsWith("| **30 × Kafka Streams** without what its test driver costs; 200 × with it |");
    }

    @Test
    void fitsEveryFormat() throws IOException {
        String[] all = SpeedReport.ALL.stream()
            .flatMap((row) -> row.parts().stream())
            .flatMap((part) -> List.of(part.figure(), part.other()).stream())
            .flatMap((name) -> Stream.of(name.split(" - ")))
            .filter((name) -> !name.isEmpty())
            .map((name) -> name + "=2")
            .toArray(String[]::new);

        assertThat(table(all)).hasSize(2 + SpeedReport.ALL.size());
    }

    private List<String> table(String... figures) throws IOException {
        Path file = this.folder.resolve("figures");
        for (String figure : figures) {
            int equals = figure.indexOf('=');
            Measurements.append(file, figure.substring(0, equals), Double.parseDouble(figure.substring(equals + 1)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SpeedReport.print(Measurements.read(file), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

}
