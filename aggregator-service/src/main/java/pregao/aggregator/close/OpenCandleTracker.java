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
    public static final long SILENCE_MILLIS = 2_000;

    /** Where it is not known of any moment whether all records before it are read. */
    public static final long NOT_READ = Long.MIN_VALUE;

    private final Instrument instrument;

    private final int partition;

    private final Map<Timeframe, TreeSet<Long>> open = new EnumMap<>(Timeframe.class);

    private long feedTime = Long.MIN_VALUE;

    private long heardAt;

    private boolean ticking;

    /** The start of the minute that waits for records after its end. */
    private long awaited = NOT_READ;

    private long awaitedSince;

    private CloseQueue.@Nullable Entry place;

    /**
     * An instrument without open candles.
     * @param instrument which
     * @param partition its records are in
     * @param now epoch milliseconds
     */
    public OpenCandleTracker(Instrument instrument, int partition, long now) {
        this.instrument = instrument;
        this.partition = partition;
        this.heardAt = now;
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
        this.heardAt = now;
    }

    /**
     * Remembers that the instrument has ticks.
     * @return true the first time
     */
    public boolean startTicking() {
        boolean first = !this.ticking;
        this.ticking = true;
        return first;
    }

    public boolean isTicking() {
        return this.ticking;
    }

    /**
     * Keeps a minute open although its time is over, because the next records may hold
     * more of its ticks.
     * @param minute its start, epoch milliseconds
     * @param now epoch milliseconds
     */
    public void awaitRest(long minute, long now) {
        this.awaited = minute;
        this.awaitedSince = now;
    }

    /**
     * Lets the minute of {@link #awaitRest} close: its instrument has later records.
     */
    public void stopAwaiting() {
        this.awaited = NOT_READ;
    }

    /**
     * Lets the minute of {@link #awaitRest} close once all is read that could hold more
     * of it: all that was there at a moment after the poll that brought its last ticks.
     * @param readThrough everything written before this moment is read, epoch
     * milliseconds
     */
    public void stopAwaiting(long readThrough) {
        if (readThrough > this.awaitedSince) {
            stopAwaiting();
        }
    }

    long heardAt() {
        return this.heardAt;
    }

    CloseQueue.@Nullable Entry place() {
        return this.place;
    }

    void place(CloseQueue.@Nullable Entry now) {
        this.place = now;
    }

    /**
     * Up to when buckets have ended. Silence counts only up to the moment that everything
     * is read to: what was not read may break it.
     * @param feed its settings
     * @param readThrough everything written before this moment is read, epoch
     * milliseconds; {@link #NOT_READ} where that is not known
     * @return a bucket whose end is not after this is closed
     */
    public long closedBefore(Feed feed, long readThrough) {
        long closeAfter = feed.closeAfter().toMillis();
        if (!feed.eventTime()) {
            return (readThrough == NOT_READ) ? NOT_READ : readThrough - closeAfter;
        }
        if (readThrough != NOT_READ && readThrough - this.heardAt >= SILENCE_MILLIS) {
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
        for (Map.Entry<Timeframe, TreeSet<Long>> entry : this.open.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                end = Math.min(end, feed.grid().bucketEnd(entry.getKey(), entry.getValue().first()));
            }
        }
        if (end == Long.MAX_VALUE) {
            return end;
        }
        return feed.eventTime() ? this.heardAt + SILENCE_MILLIS : end + feed.closeAfter().toMillis();
    }

    /**
     * Remembers a candle as open, unless it is final or has ended: what is longer than a
     * minute and not final after its end waits for a minute, not for the clock.
     * @param candle as it was folded
     * @param grid of the feed
     * @param endedBy by {@link #closedBefore}
     */
    public void track(Candle candle, BucketGrid grid, long endedBy) {
        TreeSet<Long> starts = this.open.computeIfAbsent(candle.timeframe(), (timeframe) -> new TreeSet<>());
        boolean waits = candle.timeframe() != Timeframe.M1 && candle.closeTime(grid) <= endedBy;
        if (candle.isFinal() || waits) {
            starts.remove(candle.openTime());
        }
        else {
            starts.add(candle.openTime());
        }
    }

    /**
     * Remembers a candle as open, as it was stored.
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     */
    public void restore(Timeframe timeframe, long openTime) {
        this.open.computeIfAbsent(timeframe, (key) -> new TreeSet<>()).add(openTime);
    }

    /**
     * Whether a candle is open.
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     * @return true if it is
     */
    public boolean isOpen(Timeframe timeframe, long openTime) {
        TreeSet<Long> starts = this.open.get(timeframe);
        return starts != null && starts.contains(openTime);
    }

    /**
     * Offers the open candles that have ended and removes those that are taken. The
     * minute of {@link #awaitRest} stays open.
     * @param grid of the feed
     * @param endedBy by {@link #closedBefore}
     * @param closeListener takes them, shortest first
     * @return whether all that have ended are taken
     */
    public boolean drainClosed(BucketGrid grid, long endedBy, CloseListener closeListener) {
        for (Map.Entry<Timeframe, TreeSet<Long>> entry : this.open.entrySet()) {
            Iterator<Long> starts = entry.getValue().iterator();
            while (starts.hasNext()) {
                long start = starts.next();
                if (grid.bucketEnd(entry.getKey(), start) > endedBy) {
                    break;
                }
                if (entry.getKey() == Timeframe.M1 && start == this.awaited) {
                    continue;
                }
                if (!closeListener.take(entry.getKey(), start)) {
                    return false;
                }
                starts.remove();
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
        boolean take(Timeframe timeframe, long openTime);

    }

}
