package pregao.market.dataquality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * Finds what is missing between candles while the market is open.
 */
public final class GapDetector {

    /** The shortest gap where nothing else is said; what is shorter counts as quiet. */
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    private final BucketGrid grid;

    private final Timeframe timeframe;

    private final MarketHours hours;

    private final long shortest;

    /**
     * A search.
     * @param grid of the feed
     * @param timeframe of the candles
     * @param hours when they are expected
     * @param shortest what is missing for less is no gap; a candle longer than this is
     * one by itself
     */
    public GapDetector(BucketGrid grid, Timeframe timeframe, MarketHours hours, Duration shortest) {
        this.grid = grid;
        this.timeframe = timeframe;
        this.hours = hours;
        this.shortest = shortest.toMillis();
    }

    /**
     * Looks at a time.
     * @param from the first moment; a candle that opened before is not looked at
     * @param to the end; a candle that ends later is not looked at
     * @param openTimes of the candles there are, ascending; those outside the time do not
     * count
     * @return what is there and what is not
     */
    public Coverage search(long from, long to, long[] openTimes) {
        long first = this.grid.isAligned(this.timeframe, from) ? from : this.grid.bucketEnd(this.timeframe, from);
        long end = this.grid.bucketStart(this.timeframe, to);
        Walk walk = new Walk(first, end, openTimes);
        for (TimeRange span : buckets(this.hours.open(first, end))) {
            walk.through(span);
        }
        return walk.finish(end);
    }

    /** Whole candles: one that is open for a part of its time is expected. */
    private List<TimeRange> buckets(List<TimeRange> open) {
        List<TimeRange> buckets = new ArrayList<>(open.size());
        long done = Long.MIN_VALUE;
        for (TimeRange span : open) {
            long from = Math.max(done, this.grid.bucketStart(this.timeframe, span.from()));
            done = this.grid.bucketEnd(this.timeframe, span.to() - 1);
            if (from < done) {
                buckets.add(new TimeRange(from, done));
            }
        }
        return buckets;
    }

    /**
     * One way along the candles and the open time.
     */
    private final class Walk {

        private final long first;

        private final long end;

        private final long[] openTimes;

        private int next;

        private long expected;

        private long present;

        private long quiet;

        private long outside;

        private long inGaps;

        private final List<TimeRange> gaps = new ArrayList<>();

        private Walk(long first, long end, long[] openTimes) {
            this.first = first;
            this.end = end;
            this.openTimes = openTimes;
            while (hasBefore(first)) {
                this.next++;
            }
        }

        private boolean hasBefore(long moment) {
            return this.next < this.openTimes.length && this.openTimes[this.next] < moment;
        }

        private void closed(long until) {
            while (hasBefore(until)) {
                this.outside++;
                this.next++;
            }
        }

        private void through(TimeRange span) {
            closed(span.from());
            this.expected += count(span.from(), span.to());
            long due = span.from();
            while (hasBefore(span.to())) {
                long openTime = this.openTimes[this.next++];
                if (openTime < due) {
                    throw new IllegalArgumentException("candle at %d is not in order".formatted(openTime));
                }
                this.present++;
                missing(due, openTime, due == span.from() && due > this.first);
                due = GapDetector.this.grid.bucketEnd(GapDetector.this.timeframe, openTime);
            }
            missing(due, span.to(), span.to() < this.end);
        }

        private long count(long from, long to) {
            return GapDetector.this.grid.count(GapDetector.this.timeframe, from, to);
        }

        private void missing(long from, long to, boolean atEdge) {
            long count = count(from, to);
            if (count == 0) {
                return;
            }
            if (to - from >= GapDetector.this.shortest
                    && !(atEdge && to - from < GapDetector.this.hours.edgeMillis())) {
                this.gaps.add(new TimeRange(from, to));
                this.inGaps += count;
            }
            else {
                this.quiet += count;
            }
        }

        private Coverage finish(long end) {
            closed(end);
            return new Coverage(this.expected, this.present, this.quiet, this.outside, this.gaps, this.inGaps);
        }

    }

}
