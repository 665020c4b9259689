package pregao.contracts.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code asks {@link BucketGrid} for buckets. A timeframe alone knows only those of UTC, so
 * it may be asked for M1 to M15, which are the same in every zone.
 */
class BucketUseTests {

    private static final Pattern CALL = Pattern.compile("([\\w.()]+)\\s*\\.(bucketStart|bucketEnd|isAligned)\\(");

    private static final Pattern ALLOWED = Pattern.compile(
            ".*Timeframe\\.M(1|5|15)|.*BucketGrid\\.UTC|.*([gG]rid|[gG]rid\\([^)]*\\)|BucketGrid\\.of\\([^)]*\\)\\)?)");

    private static final Pattern UTC_GRID = Pattern.compile("BucketGrid\\.UTC\\b");

    /** A timeframe that is M1 or M5 by its own rule, or no bucket of a feed at all. */
    private static final Map<String, String> TIMEFRAMES = Map.of("Timeframe.java", "defines them", "BucketGrid.java",
            "is the grid", "CandleColors.java", "patterns are of M1 or M5", "OptionBacktest.java",
            "patterns are of M1 or M5", "OptionTrader.java", "patterns are of M1 or M5", "ReplayCommand.java",
            "prints the time of a recording", "ContinuousAggregateRefresher.java",
            "continuous aggregates are of UTC days");

    private static final Map<String, String> UTC = Map.of("BucketGrid.java", "is the grid", "BarSeries.java",
            "documented for feeds with UTC days", "MissingRangeFinder.java", "patterns are of M1 or M5",
            "CandleAggregationBenchmark.java", "a benchmark of UTC days");

    @Test
    void asksTheGridForBuckets() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path file : sources()) {
            files++;
            String name = file.getFileName().toString();
            String text = Files.readString(file);
            if (!TIMEFRAMES.containsKey(name)) {
                CALL.matcher(text)
                    .results()
                    .filter((call) -> !ALLOWED.matcher(call.group(1)).matches())
                    .forEach((call) -> found.add(name + ": " + call.group()));
            }
            if (!UTC.containsKey(name) && UTC_GRID.matcher(text).find()) {
                found.add(name + ": BucketGrid.UTC");
            }
        }
        assertThat(files).as("files of all modules").isGreaterThan(500);
        assertThat(found).as("use the grid of the feed: feed.grid(), or that of the stored candles").isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.filter((path) -> Files.isDirectory(path.resolve("src/main/java"))).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                    files.filter((file) -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

}
