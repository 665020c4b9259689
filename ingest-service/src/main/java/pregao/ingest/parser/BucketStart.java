package pregao.ingest.parser;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * Whether the time of a candle is close enough to the start of its bucket. M1 to H1 are
 * rounded down. H4 and D1 are rounded down by less than a minute: a candle that starts
 * hours into a bucket has another day than the feed.
 */
final class BucketStart {

    private BucketStart() {
    }

    static @Nullable Rejection checkAligned(BucketGrid grid, Timeframe timeframe, long utc, String field) {
        if (timeframe.compareTo(Timeframe.H1) <= 0) {
            return null;
        }
        long start = grid.bucketStart(timeframe, utc);
        if (utc - start < Timeframe.M1.millis()) {
            return null;
        }
        return new Rejection(field,
                "misaligned: %s is no start of %s on the day grid of %s; the nearest are %s and %s".formatted(
                        Instant.ofEpochMilli(utc), timeframe, grid.dayZone().text(), Instant.ofEpochMilli(start),
                        Instant.ofEpochMilli(grid.bucketEnd(timeframe, utc))),
                "a start of %s, or the feed setting day_zone that your broker's days have".formatted(timeframe),
                Rejection.Kind.MISALIGNED);
    }

}
