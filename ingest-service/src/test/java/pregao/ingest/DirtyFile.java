package pregao.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Recording in which some prices lack their decimal point, with the same recording
 * without that error. The files are not part of the repository.
 */
final class DirtyFile {

    private static final String NAME = "eurusd_m1_2025-02-13_24_mt5";

    private final String symbol;

    private final List<String[]> dirty = lines(NAME + "_dirty.csv.gz");

    private final List<String[]> clean = lines(NAME + ".csv.gz");

    private DirtyFile(String symbol) {
        this.symbol = symbol;
    }

    static DirtyFile read(String symbol) {
        return new DirtyFile(symbol);
    }

    private static List<String[]> lines(String name) {
        Path file = Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"))
            .resolve(name)
            .toAbsolutePath()
            .normalize();
        assumeTrue(Files.isReadable(file), () -> "there is no " + file);
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map((line) -> line.split(",", -1)).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    List<String> items(int rows) {
        return this.dirty.subList(0, rows).stream().map(this::item).toList();
    }

    private String item(String[] row) {
        return Items.candle()
            .with("symbol", "\"" + this.symbol + "\"")
            .with("ts", "\"" + row[1] + "\"")
            .with("open", row[2])
            .with("high", row[3])
            .with("low", row[4])
            .with("close", row[5])
            .with("volume", row[6])
            .with("spread", row[7])
            .json();
    }

    List<String> goodTimes(int rows) {
        return IntStream.range(0, rows).filter((i) -> !isBad(i)).mapToObj((i) -> this.dirty.get(i)[1]).toList();
    }

    /** Invalid, but a consistent candle: only its neighbors reveal it. */
    long enclosingBad(int rows) {
        return IntStream.range(0, rows).filter((i) -> isBad(i) && encloses(this.dirty.get(i))).count();
    }

    private boolean isBad(int row) {
        return IntStream.range(2, 6)
            .anyMatch((i) -> decimal(this.dirty.get(row), i).compareTo(decimal(this.clean.get(row), i)) != 0);
    }

    private static boolean encloses(String[] row) {
        BigDecimal open = decimal(row, 2);
        BigDecimal close = decimal(row, 5);
        return decimal(row, 3).compareTo(open.max(close)) >= 0 && decimal(row, 4).compareTo(open.min(close)) <= 0;
    }

    private static BigDecimal decimal(String[] row, int column) {
        return new BigDecimal(row[column]);
    }

}
