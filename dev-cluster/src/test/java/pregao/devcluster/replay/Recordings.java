package pregao.devcluster.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Files of candles and ticks.
 */
final class Recordings {

    private Recordings() {
    }

    static Path ticks(Path folder, String rows) throws IOException {
        return Files.writeString(folder.resolve("ticks.csv"), "symbol,ts,bid,ask\n" + rows);
    }

    static Path candles(Path folder, String rows) throws IOException {
        return Files.writeString(folder.resolve("candles.csv"), "symbol,ts,open,high,low,close,volume,spread\n" + rows);
    }

    /**
     * Some ticks a second, of which some share their time and a few are equal in all.
     */
    static Path randomTicks(Path folder, int count, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder();
        long time = Instant.parse("2014-05-01T00:00:00Z").toEpochMilli();
        for (int tick = 0; tick < count; tick++) {
            time += (random.nextInt(4) == 0) ? 0 : random.nextInt(1_200);
            double bid = 1.38 + random.nextInt(50) / 100_000.0;
            rows.append(
                    String.format(Locale.ROOT, "EURUSD,%s,%.5f,%.5f%n", Instant.ofEpochMilli(time), bid, bid + 0.0001));
        }
        return ticks(folder, rows.toString());
    }

    static Path gzipped(Path file) throws IOException {
        Path gzipped = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            Files.copy(file, out);
        }
        return gzipped;
    }

}
