package pregao.market.candle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * What happened to one day of an instrument: the minutes that came, and the longer
 * candles whose time is over. For one thread.
 */
public final class DayChanges {

    private final BucketGrid grid;

    private final long day;

    private final long end;

    private final TreeMap<Long, Candle> minutes = new TreeMap<>();

    private final List<EmptiedBucket> ended = new ArrayList<>();

    private final BitSet withdrawn = new BitSet();

    /**
     * Nothing yet.
     * @param grid of the feed
     * @param day its start on the grid, epoch milliseconds
     */
    public DayChanges(BucketGrid grid, long day) {
        this.grid = grid;
        this.day = day;
        this.end = grid.bucketEnd(Timeframe.D1, day);
    }

    /**
     * A minute was stored. Of those that follow each other only the last one counts.
     * @param minute an M1 candle with its revision
     */
    public void minute(Candle minute) {
        this.minutes.merge(minute.openTime(), minute,
                (before, now) -> (now.revision() > before.revision() || CandleRollup.leavesOut(before)) ? now : before);
    }

    /**
     * A minute was removed.
     * @param openTime its start, epoch milliseconds
     */
    public void withdrawn(long openTime) {
        this.withdrawn.set(minuteOfDay(openTime));
    }

    boolean hasWithdrawn() {
        return !this.withdrawn.isEmpty();
    }

    /**
     * The longer candles of removed minutes of which no minute is left.
     * @param minutes those of the day that count, in order of open time
     */
    List<EmptiedBucket> emptied(List<Candle> minutes) {
        List<EmptiedBucket> emptied = new ArrayList<>();
        this.withdrawn.stream().forEach((at) -> {
            long removed = this.day + at * Timeframe.M1.millis();
            for (Timeframe timeframe : Timeframe.ROLLED_UP) {
                EmptiedBucket bucket = new EmptiedBucket(timeframe, this.grid.bucketStart(timeframe, removed));
                boolean empty = minutes.stream()
                    .noneMatch((minute) -> this.grid.bucketStart(timeframe, minute.openTime()) == bucket.openTime);
                if (empty && !emptied.contains(bucket)) {
                    emptied.add(bucket);
                }
            }
        });
        return emptied;
    }

    /**
     * The time of a longer candle is over.
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     */
    public void ended(Timeframe timeframe, long openTime) {
        this.ended.add(new EmptiedBucket(timeframe, openTime));
    }

    /**
     * Whether a longer candle has to be folded anew.
     * @return false where there is nothing but minutes that are left out
     */
    public boolean isLonger() {
        return !moments().isEmpty();
    }

    BucketGrid grid() {
        return this.grid;
    }

    long day() {
        return this.day;
    }

    /**
     * How many minutes the day has: fewer or more than 1,440 where the clock is changed.
     */
    int length() {
        return minuteOfDay(this.end);
    }

    private int minuteOfDay(long time) {
        return (int) ((time - this.day) / Timeframe.M1.millis());
    }

    /**
     * In order of time.
     */
    Collection<Candle> minutes() {
        return this.minutes.values();
    }

    List<EmptiedBucket> ended() {
        return this.ended;
    }

    /**
     * The minutes of the day whose longer candles are touched.
     */
    BitSet moments() {
        BitSet moments = new BitSet();
        this.minutes.values()
            .stream()
            .filter((minute) -> !CandleRollup.leavesOut(minute))
            .forEach((minute) -> moments.set(minuteOfDay(minute.openTime())));
        moments.or(this.withdrawn);
        this.ended.forEach((each) -> moments.set(minuteOfDay(each.openTime())));
        return moments;
    }

    /**
     * The first minute that came and is not left out.
     * @return minute of the day; one that never comes where there is none
     */
    int first() {
        return this.minutes.values()
            .stream()
            .filter((minute) -> !CandleRollup.leavesOut(minute))
            .mapToInt((minute) -> minuteOfDay(minute.openTime()))
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    }

    /**
     * A longer candle whose time is over, or of which no minute is left.
     *
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     */
    public record EmptiedBucket(Timeframe timeframe, long openTime) {
    }

}
