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
 * The open candles of one instrument and its clock. For one thread.
 */
public final class OpenCandleTracker {

    /** After so long without a tick, the end of a feed in event time has come. */
    public static final long SILENCE_TIMEOUT_MILLIS = 2_000;

    /** Where it is not known of any moment whether all records before it are read. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final Instrument instrument;

    private final int partition;

    private final Map<Timeframe, TreeSet<Long>> openTimes = new EnumMap<>(Timeframe.class);

    private long feedTime = Long.MIN_VALUE;

    private long lastRecordAt;

    private boolean hasTicks;

    /** The start of the minute that waits for records after its end. */
    private long awaitedMinute = UNKNOWN;

    private long awaitedSince;

    private CloseQueue.@Nullable Entry queueEntry;

    /**
     * An instrument without open candles.
     * @param instrument which
     * @param partition its records are in
     * @param now epoch milliseconds
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
     * The latest time the feed has said.
     * @return epoch milliseconds, {@link Long#MIN_VALUE} before the first
     */
    public long feedTime() {
        return this.feedTime;
    }

    /**
     * Hears from the feed.
     * @param time of a tick, epoch milliseconds
     * @param now epoch milliseconds
     */
    public void onFeedTime(long time, long now) {
        this.feedTime = Math.max(this.feedTime, time);
        this.lastRecordAt = now;
    }

    /**
     * Remembers that the instrument has ticks.
     * @return true the first time
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
     * Keeps a minute open although its time is over, because the next records may hold
     * more of its ticks.
     * @param minute its start, epoch milliseconds
     * @param now epoch milliseconds
     */
    public void awaitMoreTicks(long minute, long now) {
        this.awaitedMinute = minute;
        this.awaitedSince = now;
    }

    /**
     * Lets the minute of {@link #awaitMoreTicks} close: its instrument has later records.
     */
    public void stopAwaiting() {
        this.awaitedMinute = UNKNOWN;
    }

    /**
     * Lets the minute of {@link #awaitMoreTicks} close once all is read that could hold
     * more of it: all that was there at a moment after the poll that brought its last
     * ticks.
     * @param readThrough everything written before this moment is read, epoch
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
     * Up to when buckets have ended. Silence counts only up to the moment that everything
     * is read to: what was not read may break it.
     * @param feed its settings
     * @param readThrough everything written before this moment is read, epoch
     * milliseconds; {@link #UNKNOWN} where that is not known
     * @return a bucket whose end is not after this is closed
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
     * When the next open candle closes if nothing is heard: as soon as everything written
     * before that moment is read.
     * @param feed its settings
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where none is open
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
     * Remembers a candle as open, unless it is final or has ended: what is longer than a
     * minute and not final after its end waits for a minute, not for the clock.
     * @param candle as it was folded
     * @param grid of the feed
     * @param closedUntil by {@link #closedUntil}
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
     * Remembers a candle as open, as it was stored.
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     */
    public void restore(Timeframe timeframe, long openTime) {
        this.openTimes.computeIfAbsent(timeframe, (key) -> new TreeSet<>()).add(openTime);
    }

    /**
     * Whether a candle is open.
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     * @return true if it is
     */
    public boolean isOpen(Timeframe timeframe, long openTime) {
        TreeSet<Long> openTimes = this.openTimes.get(timeframe);
        return openTimes != null && openTimes.contains(openTime);
    }

    /**
     * Offers the open candles that have ended and removes those that are taken. The
     * minute of {@link #awaitMoreTicks} stays open.
     * @param grid of the feed
     * @param closedUntil by {@link #closedUntil}
     * @param listener takes them, shortest first
     * @return whether all that have ended are taken
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
     * Takes candles that have ended.
     */
    @FunctionalInterface
    public interface CloseListener {

        /**
         * A candle has ended.
         * @param timeframe how long
         * @param openTime its start, epoch milliseconds
         * @return whether it is taken; where not, it stays open, and no other is offered
         */
        boolean accept(Timeframe timeframe, long openTime);

    }

}
