package pregao.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The recorded market data, which is no part of the repository: in the folder that
 * {@code PREGAO_TEST_DATA} names, or beside the repository.
 */
final class RecordedData {

    static final String EURUSD_TICKS = "eurusd_ticks_2014-05_oanda.csv.gz";

    static final String EURUSD_M1 = "eurusd_m1_2014-05_oanda.csv.gz";

    private RecordedData() {
    }

    private static Path folder() {
        Path beside = Path.of("..", "..", "shared", "data");
        return Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(beside)
            .toAbsolutePath()
            .normalize();
    }

    /**
     * A file; without it the test is skipped with a word.
     * @param name its name
     * @return where it is
     */
    static Path file(String name) {
        Path file = folder().resolve(name);
        assumeTrue(Files.isReadable(file),
                () -> "there is no " + file + "; name the folder of the market data in PREGAO_TEST_DATA");
        return file;
    }

    /**
     * The lines of a gzipped file behind its header.
     * @param name its name
     * @param wanted which of them
     * @return the lines
     */
    static List<String> lines(String name, Predicate<String> wanted) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).filter(wanted).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A header and lines in a plain file.
     * @param folder where
     * @param name of the file whose header it has, and of the new one
     * @param lines the rows
     * @return where it is
     */
    static Path slice(Path folder, String name, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            return Files.writeString(folder.resolve(name.replace(".gz", "")),
                    reader.readLine() + "\n" + String.join("\n", lines) + "\n");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
