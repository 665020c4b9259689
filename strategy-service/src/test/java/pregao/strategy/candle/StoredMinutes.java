package pregao.strategy.candle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.postgresql.PGConnection;

import pregao.contracts.Prices;
import pregao.market.backtest.BarSeries;
import pregao.testsupport.MarketTestDatabase;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Stores recorded or random minutes in the candle table. Recorded minutes are not part of
 * the repository: they are in the folder that {@code PREGAO_TEST_DATA} names, or next to
 * the repository.
 */
public final class StoredMinutes {

    private StoredMinutes() {
    }

    /**
     * Stores the minutes of a file as those of an instrument. Skips the test with a
     * message if the file is missing.
     * @param database the database to write to
     * @param feed the feed of the instrument
     * @param symbol the symbol of the instrument
     * @param file the name of the file
     */
    public static void storeFile(MarketTestDatabase database, String feed, String symbol, String file) {
        copy(database,
                readRows(file)
                    .map((row) -> "%s,%s,M1,%s,%s,%s,%s,%s,1,given,t,4,1%n".formatted(feed, symbol, row[1], row[2],
                            row[3], row[4], row[5]))
                    .collect(Collectors.joining()));
    }

    /**
     * Reads the minutes of a file into columns.
     * @param file the name of the file
     * @return the minutes
     */
    public static BarSeries readBars(String file) {
        List<String[]> rows = readRows(file).toList();
        return new BarSeries(rows.stream().mapToLong((row) -> Instant.parse(row[1]).toEpochMilli()).toArray(),
                column(rows, 2), column(rows, 3), column(rows, 4), column(rows, 5));
    }

    private static long[] column(List<String[]> rows, int column) {
        return rows.stream().mapToLong((row) -> Prices.of(new BigDecimal(row[column]))).toArray();
    }

    private static Stream<String[]> readRows(String file) {
        Path path = Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"))
            .toAbsolutePath()
            .normalize()
            .resolve(file);
        assumeTrue(Files.isReadable(path),
                () -> "there is no " + path + "; name the folder of the market data in PREGAO_TEST_DATA");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map((line) -> line.split(",", -1)).toList().stream();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Stores a random walk.
     * @param database the database to write to
     * @param feed the feed of the instrument
     * @param symbol the symbol of the instrument
     * @param from the first minute
     * @param minutes the number of minutes
     */
    public static void storeRandomWalk(MarketTestDatabase database, String feed, String symbol, Instant from,
            int minutes) {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder();
        long price = 100_000_000;
        for (int i = 0; i < minutes; i++) {
            long open = price;
            price = Math.max(50_000_000, price + random.nextInt(40_001) - 20_000);
            long high = Math.max(open, price) + random.nextInt(5_000);
            long low = Math.min(open, price) - random.nextInt(5_000);
            rows.append("%s,%s,M1,%s,%d.%06d,%d.%06d,%d.%06d,%d.%06d,1,given,t,4,%d%n".formatted(feed, symbol,
                    from.plusSeconds(60L * i), open / 1_000_000, open % 1_000_000, high / 1_000_000, high % 1_000_000,
                    low / 1_000_000, low % 1_000_000, price / 1_000_000, price % 1_000_000, (i % 100 == 99) ? 3 : 1));
        }
        copy(database, rows.toString());
    }

    private static void copy(MarketTestDatabase database, String rows) {
        try (Connection connection = database.connect()) {
            connection.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final, "
                        + "rank, revision) from stdin (format csv)", new StringReader(rows));
            try (var statement = connection.createStatement()) {
                statement.execute("analyze market.candle");
            }
        }
        catch (SQLException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
