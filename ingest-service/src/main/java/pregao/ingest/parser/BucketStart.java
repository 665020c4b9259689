package pregao.ingest.parser;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * Check that the time of a candle is close enough to the start of its bucket. The times
 * of M1 to H1 candles are rounded down. The times of H4 and D1 candles are rounded down
 * by less than a minute only, because a candle that starts hours after the start of a
 * bucket uses another day boundary than the feed.
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
