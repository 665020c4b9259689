package pregao.market.indicator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import pregao.contracts.Prices;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The recorded market data, which is no part of the repository: in the folder that
 * {@code PREGAO_TEST_DATA} names, or beside the repository.
 */
final class RecordedCandles {

    private RecordedCandles() {
    }

    /**
     * A file or folder; without it the test is skipped with a word.
     * @param name its name
     * @return where it is
     */
    static Path path(String name) {
        Path beside = Path.of("..", "..", "shared", "data");
        Path path = Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(beside)
            .toAbsolutePath()
            .normalize()
            .resolve(name);
        assumeTrue(Files.isReadable(path),
                () -> "there is no " + path + "; name the folder of the market data in PREGAO_TEST_DATA");
        return path;
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path("."))) {
            return files.filter((file) -> file.getFileName().toString().matches(".*_m1_.*\\.csv\\.gz"))
                .sorted()
                .toList();
        }
    }

    static Series read(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String[]> rows = reader.lines()
                .skip(1)
                .map((line) -> line.split(",", -1))
                .filter(RecordedCandles::isCandle)
                .toList();
            return new Series(column(rows, 3), column(rows, 4), column(rows, 5));
        }
    }

    /** The damaged file has rows that no one may take for candles. */
    private static boolean isCandle(String[] row) {
        BigDecimal high = new BigDecimal(row[3]);
        BigDecimal low = new BigDecimal(row[4]);
        BigDecimal close = new BigDecimal(row[5]);
        return low.compareTo(close) <= 0 && close.compareTo(high) <= 0;
    }

    static long[] column(List<String[]> rows, int column) {
        return rows.stream().mapToLong((row) -> Prices.of(new BigDecimal(row[column]))).toArray();
    }

}
