package pregao.contracts.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import pregao.contracts.Timeframe;

/**
 * The start and the end of every candle of a feed, given the zone whose midnight starts
 * its day. All code that needs a bucket of a feed asks this class.
 *
 * <p>
 * The rules, where "the wall clock" is the zone's local time plus the shift:
 * <ol>
 * <li>M1, M5 and M15 start on UTC multiples, in every zone.</li>
 * <li>M30 and H1 start at each full half hour and hour of the wall clock. Where the
 * offset is a whole number of hours, these are the UTC multiples. In Kolkata (UTC+05:30)
 * H1 starts at minute 30 of the UTC hour. In Kathmandu (UTC+05:45) M30 and H1 start at
 * minute 15 or 45. If a clock change moves the minutes of the hour (Lord Howe Island, 30
 * minutes), the change also starts a bucket, so one H1 there is shorter.</li>
 * <li>D1 starts when the wall clock first shows a new date, at 00:00. H4 starts when it
 * first shows 00:00, 04:00, 08:00, 12:00, 16:00 or 20:00.</li>
 * <li>If the wall clock skips such a time, the bucket starts at the change. A day without
 * midnight (São Paulo until 2018: from 00:00 to 01:00) starts at 01:00. A bucket of no
 * length does not exist, so Apia has no 30 December 2011.</li>
 * <li>While the wall clock repeats an hour, the latest time that it has shown counts. A
 * bucket that has started does not end because the clock is put back, and none starts
 * twice.</li>
 * <li>Until 1972 the offset at its beginning holds, rounded down to 15 minutes.</li>
 * </ol>
 *
 * <p>
 * So D1 has 23, 24 or 25 hours and the H4 over a change has 3 or 5, if the change is one
 * hour. Every D1 consists of whole buckets of all shorter timeframes.
 */
public final class BucketGrid {

    /** The grid of UTC days. */
    public static final BucketGrid UTC = new BucketGrid(FeedClock.UTC);

    private static final Instant FIRST_RULE = Instant.parse("1972-01-01T00:00:00Z");

    private static final Instant LAST_RULE = Instant.parse("2101-01-01T00:00:00Z");

    private static final long MILLIS = 1_000;

    private static final int MAX_CACHED = 1_000;

    private static final Map<FeedClock, BucketGrid> GRIDS = new ConcurrentHashMap<>();

    private final boolean utcDays;

    private final boolean utcHours;

    private final boolean utcHalfHours;

    private final FeedClock dayZone;

    /** When each offset begins, epoch milliseconds. The first has no beginning. */
    private final long[] begins;

    private final long[] offsets;

    /** The latest wall time, to the millisecond, shown before each offset begins. */
    private final long[] reached;

    private BucketGrid(FeedClock dayZone) {
        this.dayZone = dayZone;
        ZoneRules rules = dayZone.zone().getRules();
        List<ZoneOffsetTransition> changes = changes(rules);
        int count = changes.size() + 1;
        this.begins = new long[count];
        this.offsets = new long[count];
        this.reached = new long[count];
        this.begins[0] = Long.MIN_VALUE;
        this.reached[0] = Long.MIN_VALUE;
        this.offsets[0] = offset(rules.getOffset(FIRST_RULE));
        for (int i = 1; i < count; i++) {
            ZoneOffsetTransition change = changes.get(i - 1);
            this.begins[i] = change.toEpochSecond() * MILLIS;
            this.offsets[i] = offset(change.getOffsetAfter());
            this.reached[i] = Math.max(this.reached[i - 1], this.begins[i] + this.offsets[i - 1] - 1);
        }
        this.utcDays = dayZone.isUtc();
        this.utcHours = Arrays.stream(this.offsets).allMatch(Timeframe.H1::isAligned);
        this.utcHalfHours = Arrays.stream(this.offsets).allMatch(Timeframe.M30::isAligned);
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FIRST_RULE);
        while (next != null && next.getInstant().isBefore(LAST_RULE)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    private long offset(ZoneOffset offset) {
        return Timeframe.M15.bucketStart(offset.getTotalSeconds() * MILLIS) + this.dayZone.shift().toMillis();
    }

    /**
     * Returns the grid of a day zone.
     * @param dayZone whose midnight starts the day
     * @return the grid
     */
    public static BucketGrid of(FeedClock dayZone) {
        if (dayZone.isUtc()) {
            return UTC;
        }
        BucketGrid bucketGrid = GRIDS.get(dayZone);
        if (bucketGrid != null) {
            return bucketGrid;
        }
        BucketGrid grid = new BucketGrid(dayZone);
        if (GRIDS.size() < MAX_CACHED) {
            GRIDS.put(dayZone, grid);
        }
        return grid;
    }

    /**
     * Returns the zone whose midnight starts the day.
     * @return the zone
     */
    public FeedClock dayZone() {
        return this.dayZone;
    }

    /**
     * Returns whether a moment can be the start of a bucket on some grid.
     * @param timeframe the length of the bucket
     * @param epochMillis a moment, epoch milliseconds
     * @return false where no day zone has a bucket there
     */
    public static boolean isPossibleStart(Timeframe timeframe, long epochMillis) {
        return ((timeframe.compareTo(Timeframe.M15) < 0) ? timeframe : Timeframe.M15).isAligned(epochMillis);
    }

    /**
     * Returns whether the buckets of a timeframe are the multiples of its length in UTC.
     * @param timeframe the timeframe
     * @return true for M1 to M15, and for all in UTC
     */
    public boolean isUtc(Timeframe timeframe) {
        return this.utcDays || switch (timeframe) {
            case M1, M5, M15 -> true;
            case M30 -> this.utcHalfHours;
            case H1 -> this.utcHours;
            case H4, D1 -> false;
        };
    }

    /**
     * Returns the start of the bucket that holds a moment.
     * @param timeframe the length of the bucket
     * @param epochMillis a moment, epoch milliseconds
     * @return epoch milliseconds
     */
    public long bucketStart(Timeframe timeframe, long epochMillis) {
        if (isUtc(timeframe)) {
            return timeframe.bucketStart(epochMillis);
        }
        int segment = segment(epochMillis);
        if (timeframe.compareTo(Timeframe.H1) <= 0) {
            return hourStart(timeframe, segment, epochMillis);
        }
        long wall = Math.max(epochMillis + this.offsets[segment], this.reached[segment]);
        return firstShown(timeframe.bucketStart(wall), segment);
    }

    /**
     * Returns the first moment after the bucket that holds a moment, which is the start
     * of the next one.
     * @param timeframe the length of the bucket
     * @param epochMillis a moment, epoch milliseconds
     * @return epoch milliseconds
     */
    public long bucketEnd(Timeframe timeframe, long epochMillis) {
        if (isUtc(timeframe)) {
            return timeframe.bucketEnd(epochMillis);
        }
        int segment = segment(epochMillis);
        if (timeframe.compareTo(Timeframe.H1) <= 0) {
            return hourEnd(timeframe, segment, epochMillis);
        }
        long wall = Math.max(epochMillis + this.offsets[segment], this.reached[segment]);
        return nextShown(timeframe.bucketEnd(wall), segment);
    }

    /**
     * Returns how many buckets start in a time.
     * @param timeframe the length of the buckets
     * @param from inclusive, epoch milliseconds
     * @param to exclusive, epoch milliseconds
     * @return the number
     */
    public long count(Timeframe timeframe, long from, long to) {
        if (isUtc(timeframe)) {
            return Math.max(0, Math.ceilDiv(to, timeframe.millis()) - Math.ceilDiv(from, timeframe.millis()));
        }
        long count = 0;
        long start = isAligned(timeframe, from) ? from : bucketEnd(timeframe, from);
        while (start < to) {
            count++;
            start = bucketEnd(timeframe, start);
        }
        return count;
    }

    /**
     * Returns whether a moment is the start of a bucket.
     * @param timeframe the length of the bucket
     * @param epochMillis a moment, epoch milliseconds
     * @return true on a boundary
     */
    public boolean isAligned(Timeframe timeframe, long epochMillis) {
        return bucketStart(timeframe, epochMillis) == epochMillis;
    }

    private int segment(long epochMillis) {
        int found = Arrays.binarySearch(this.begins, epochMillis);
        return (found >= 0) ? found : -found - 2;
    }

    private long hourStart(Timeframe timeframe, int segment, long epochMillis) {
        long offset = this.offsets[segment];
        long start = timeframe.bucketStart(epochMillis + offset) - offset;
        return (start < this.begins[segment] && movesGrid(timeframe, segment)) ? this.begins[segment] : start;
    }

    private long hourEnd(Timeframe timeframe, int segment, long epochMillis) {
        long offset = this.offsets[segment];
        long end = timeframe.bucketEnd(epochMillis + offset) - offset;
        int next = segment + 1;
        return (next < this.begins.length && end > this.begins[next] && movesGrid(timeframe, next)) ? this.begins[next]
                : end;
    }

    private boolean movesGrid(Timeframe timeframe, int segment) {
        return segment > 0 && !timeframe.isAligned(this.offsets[segment] - this.offsets[segment - 1]);
    }

    /**
     * The first moment at which the clock has shown a wall time, at or before a segment.
     */
    private long firstShown(long wall, int segment) {
        int at = segment;
        while (wall <= this.reached[at]) {
            at--;
        }
        return Math.max(wall - this.offsets[at], this.begins[at]);
    }

    /** The first moment at which the clock shows a wall time, in a segment or later. */
    private long nextShown(long wall, int segment) {
        int at = segment;
        while (at + 1 < this.begins.length && wall - this.offsets[at] >= this.begins[at + 1]) {
            at++;
        }
        return Math.max(wall - this.offsets[at], this.begins[at]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketGrid grid && this.dayZone.equals(grid.dayZone);
    }

    @Override
    public int hashCode() {
        return this.dayZone.hashCode();
    }

    @Override
    public String toString() {
        return "BucketGrid[" + this.dayZone.text() + "]";
    }

}
