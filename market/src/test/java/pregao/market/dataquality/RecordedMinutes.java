package pregao.market.dataquality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The open times of recorded candles, which are no part of the repository: in the folder
 * that {@code PREGAO_TEST_DATA} names, or beside the repository.
 */
final class RecordedMinutes {

    static final String HALF_YEAR = "eurusd_m1_2017-01_06_histdata.csv.gz";

    static final String TWO_WEEKENDS = "eurusd_m1_2025-02-13_24_mt5.csv.gz";

    static final String PIECES = "eurusd_m1_2022-08_10_mt4.csv.gz";

    static final String FEBRUARY = "gbpusd_m1_2012-02_fxcm.csv.gz";

    static final String CRYPTO = "btcusdt_m1_2021-04_05_binance.csv.gz";

    static final String CRYPTO_DAYS = "btcusd_m1_days_coinbase.csv.gz";

    private RecordedMinutes() {
    }

    /** Ascending, UTC; without the file the test is skipped with a word. */
    static long[] of(String name) {
        Path folder = Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"));
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        assumeTrue(Files.isReadable(file),
                () -> "there is no " + file + "; name the folder of the market data in PREGAO_TEST_DATA");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines()
                .skip(1)
                .mapToLong((line) -> Instant.parse(line.split(",", 3)[1]).toEpochMilli())
                .toArray();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
