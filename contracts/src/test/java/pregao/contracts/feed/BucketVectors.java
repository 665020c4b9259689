package pregao.contracts.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import pregao.contracts.Timeframe;

/**
 * The shared bucket vectors, which {@code bucket_vectors.py} worked out.
 */
final class BucketVectors {

    private static final Pattern ROW = Pattern
        .compile("\\{\"zone\": \"(.+?)\", \"timeframe\": \"(.+?)\", \"instant\": \"(.+?)\", \"start\": \"(.+?)\", "
                + "\"end\": \"(.+?)\"}");

    private BucketVectors() {
    }

    static List<Vector> all() {
        try (InputStream file = Objects
            .requireNonNull(FeedClock.class.getResourceAsStream("/pregao/contracts/bucket-vectors.json"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return ROW.matcher(text).results().map(BucketVectors::vector).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Vector vector(MatchResult row) {
        return new Vector(row.group(1), Timeframe.valueOf(row.group(2)), Instant.parse(row.group(3)),
                Instant.parse(row.group(4)), Instant.parse(row.group(5)));
    }

    /**
     * One vector.
     *
     * @param zone a day zone
     * @param timeframe the length of the bucket
     * @param instant in the bucket
     * @param start of the bucket
     * @param end of the bucket
     */
    record Vector(String zone, Timeframe timeframe, Instant instant, Instant start, Instant end) {

        BucketGrid grid() {
            return BucketGrid.of(FeedClock.parse(this.zone));
        }

    }

}
