package pregao.aggregator.close;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;

/**
 * The open candles of one instrument, and the event time of its feed. Not thread-safe.
 */
public final class OpenCandleTracker {

    /** After so long without a record, all candles of a feed in event time have ended. */
    public static final long SILENCE_TIMEOUT_MILLIS = 2_000;

    /** It is unknown until when all records are read. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final Instrument instrument;

    private final int partition;

    private final Map<Timeframe, TreeSet<Long>> openTimes = new EnumMap<>(Timeframe.class);

    private long feedTime = Long.MIN_VALUE;

    private long lastRecordAt;

    private boolean hasTicks;

    /** The start of the minute that is kept open for later records. */
    private long awaitedMinute = UNKNOWN;

    private long awaitedSince;

    private CloseQueue.@Nullable Entry queueEntry;

    /**
     * Creates a tracker without open candles.
     * @param instrument the instrument
     * @param partition the partition of its records
     * @param now the current time, in epoch milliseconds
     */
    public OpenCandleTracker(Instrument instrument, int partition, long now) {
        this.instrument = instrument;
        this.partition = partition;
        this.lastRecordAt = now;
    }

    public Instrument instrument() {
        return this.instrument;
    }

    public int partition() {
        return this.partition;
    }

    /**
     * Returns the latest event time of the feed.
     * @return epoch milliseconds, or {@link Long#MIN_VALUE} before the first record
     */
    public long feedTime() {
        return this.feedTime;
    }

    /**
     * Advances the event time of the feed.
     * @param time the time of a tick or candle, in epoch milliseconds
     * @param now the current time, in epoch milliseconds
     */
    public void onFeedTime(long time, long now) {
        this.feedTime = Math.max(this.feedTime, time);
        this.lastRecordAt = now;
    }

    /**
     * Records that the instrument has ticks.
     * @return true on the first call
     */
    public boolean startTicking() {
        boolean isFirst = !this.hasTicks;
        this.hasTicks = true;
        return isFirst;
    }

    public boolean hasTicks() {
        return this.hasTicks;
    }

    /**
     * Keeps a minute open although it has ended, because the next records may hold more
     * of its ticks.
     * @param minute the start of the minute, in epoch milliseconds
     * @param now the current time, in epoch milliseconds
     */
    public void awaitMoreTicks(long minute, long now) {
        this.awaitedMinute = minute;
        this.awaitedSince = now;
    }

    /**
     * Lets the minute of {@link #awaitMoreTicks} close, because the instrument has later
     * records.
     */
    public void stopAwaiting() {
        this.awaitedMinute = UNKNOWN;
    }

    /**
     * Lets the minute of {@link #awaitMoreTicks} close if every record that could hold
     * more of it is read: every record that existed at some time after the poll with its
     * last ticks.
     * @param readThrough every record written before this time is read, in epoch
     * milliseconds
     */
    public void stopAwaiting(long readThrough) {
        if (readThrough > this.awaitedSince) {
            stopAwaiting();
        }
    }

    long lastRecordAt() {
        return this.lastRecordAt;
    }

    CloseQueue.@Nullable Entry queueEntry() {
        return this.queueEntry;
    }

    void setQueueEntry(CloseQueue.@Nullable Entry entry) {
        this.queueEntry = entry;
    }

    /**
     * Returns until when buckets have ended. Silence counts only until the time that all
     * records are read through, because an unread record may end it.
     * @param feed the settings of the feed
     * @param readThrough every record written before this time is read, in epoch
     * milliseconds; {@link #UNKNOWN} if that is not known
     * @return a bucket that ends at or before this time is closed, in epoch milliseconds
     */
    public long closedUntil(Feed feed, long readThrough) {
        long closeAfter = feed.closeAfter().toMillis();
        if (!feed.eventTime()) {
            return (readThrough == UNKNOWN) ? UNKNOWN : readThrough - closeAfter;
        }
        if (readThrough != UNKNOWN && readThrough - this.lastRecordAt >= SILENCE_TIMEOUT_MILLIS) {
            return Long.MAX_VALUE;
        }
        return (this.feedTime == Long.MIN_VALUE) ? Long.MIN_VALUE : this.feedTime - closeAfter;
    }

    /**
     * Returns when the next open candle closes if no record arrives. It closes as soon as
     * every record written before that time is read.
     * @param feed the settings of the feed
     * @return epoch milliseconds, or {@link Long#MAX_VALUE} if no candle is open
     */
    public long nextCloseTime(Feed feed) {
        long end = Long.MAX_VALUE;
        for (Map.Entry<Timeframe, TreeSet<Long>> entry : this.openTimes.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                end = Math.min(end, feed.grid().bucketEnd(entry.getKey(), entry.getValue().first()));
            }
        }
        if (end == Long.MAX_VALUE) {
            return end;
        }
        return feed.eventTime() ? this.lastRecordAt + SILENCE_TIMEOUT_MILLIS : end + feed.closeAfter().toMillis();
    }

    /**
     * Tracks a candle as open, unless it is final or has ended. A candle longer than M1
     * that is not final after its end waits for a minute and not for the clock.
     * @param candle the aggregated candle
     * @param grid the grid of the feed
     * @param closedUntil the result of {@link #closedUntil}
     */
    public void track(Candle candle, BucketGrid grid, long closedUntil) {
        TreeSet<Long> openTimes = this.openTimes.computeIfAbsent(candle.timeframe(), (timeframe) -> new TreeSet<>());
        boolean isAwaitingMinute = candle.timeframe() != Timeframe.M1 && candle.closeTime(grid) <= closedUntil;
        if (candle.isFinal() || isAwaitingMinute) {
            openTimes.remove(candle.openTime());
        }
        else {
            openTimes.add(candle.openTime());
        }
    }

    /**
     * Tracks a stored candle as open.
     * @param timeframe the timeframe of the candle
     * @param openTime the open time, in epoch milliseconds
     */
    public void restore(Timeframe timeframe, long openTime) {
        this.openTimes.computeIfAbsent(timeframe, (key) -> new TreeSet<>()).add(openTime);
    }

    /**
     * Returns true if a candle is open.
     * @param timeframe the timeframe of the candle
     * @param openTime the open time, in epoch milliseconds
     * @return whether the candle is open
     */
    public boolean isOpen(Timeframe timeframe, long openTime) {
        TreeSet<Long> openTimes = this.openTimes.get(timeframe);
        return openTimes != null && openTimes.contains(openTime);
    }

    /**
     * Offers the open candles that have ended to a listener, and removes those that it
     * accepts. The minute of {@link #awaitMoreTicks} stays open.
     * @param grid the grid of the feed
     * @param closedUntil the result of {@link #closedUntil}
     * @param listener takes the candles, shortest timeframe first
     * @return true if the listener accepted all candles that have ended
     */
    public boolean drainClosed(BucketGrid grid, long closedUntil, CloseListener listener) {
        for (Map.Entry<Timeframe, TreeSet<Long>> entry : this.openTimes.entrySet()) {
            Iterator<Long> iterator = entry.getValue().iterator();
            while (iterator.hasNext()) {
                long openTime = iterator.next();
                if (grid.bucketEnd(entry.getKey(), openTime) > closedUntil) {
                    break;
                }
                if (entry.getKey() == Timeframe.M1 && openTime == this.awaitedMinute) {
                    continue;
                }
                if (!listener.accept(entry.getKey(), openTime)) {
                    return false;
                }
                iterator.remove();
            }
        }
        return true;
    }

    /**
     * Accepts candles that have ended.
     */
    @FunctionalInterface
    public interface CloseListener {

        /**
         * Accepts a candle that has ended.
         * @param timeframe the timeframe of the candle
         * @param openTime the open time, in epoch milliseconds
         * @return true if the candle is accepted; otherwise it stays open, and no further
         * candle is offered
         */
        boolean accept(Timeframe timeframe, long openTime);

    }

}
