package pregao.aggregator.close;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

import pregao.contracts.feed.Feed;

/**
 * Instruments in the order in which their next candle closes, by partition, and those
 * with nothing open in the order in which they were last heard. Nothing here walks over
 * all instruments. For one thread.
 */
public final class CloseQueue {

    private final Map<Integer, NavigableSet<Entry>> closingByPartition = new HashMap<>();

    private final NavigableSet<Entry> idle = new TreeSet<>();

    /**
     * Puts an instrument where it belongs now.
     * @param tracker its open candles, which may have changed
     * @param feed its settings
     */
    public void update(OpenCandleTracker tracker, Feed feed) {
        long closeTime = tracker.nextCloseTime(feed);
        boolean isIdle = closeTime == Long.MAX_VALUE;
        Entry previous = tracker.queueEntry();
        Entry entry = new Entry(isIdle ? tracker.lastRecordAt() : closeTime, isIdle, tracker);
        if (previous != null) {
            if (previous.moment == entry.moment && previous.isIdle == isIdle) {
                return;
            }
            remove(previous);
        }
        tracker.setQueueEntry(entry);
        getQueue(entry).add(entry);
    }

    /**
     * Takes an instrument out.
     * @param tracker its open candles
     */
    public void remove(OpenCandleTracker tracker) {
        Entry entry = tracker.queueEntry();
        if (entry != null) {
            remove(entry);
            tracker.setQueueEntry(null);
        }
    }

    private void remove(Entry entry) {
        getQueue(entry).remove(entry);
    }

    private NavigableSet<Entry> getQueue(Entry entry) {
        return entry.isIdle ? this.idle : getClosingQueue(entry.of.partition());
    }

    private NavigableSet<Entry> getClosingQueue(int partition) {
        return this.closingByPartition.computeIfAbsent(partition, (number) -> new TreeSet<>());
    }

    /**
     * When the next candle of a partition closes.
     * @param partition its number
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where none is open
     */
    public long nextCloseTime(int partition) {
        NavigableSet<Entry> entries = getClosingQueue(partition);
        return entries.isEmpty() ? Long.MAX_VALUE : entries.first().moment;
    }

    /**
     * The instruments of a partition with a candle that closes.
     * @param partition its number
     * @param timestamp up to when, epoch milliseconds
     * @return in order
     */
    public List<OpenCandleTracker> findDue(int partition, long timestamp) {
        List<OpenCandleTracker> due = new ArrayList<>();
        for (Entry entry : getClosingQueue(partition)) {
            if (entry.moment > timestamp) {
                break;
            }
            due.add(entry.of);
        }
        return due;
    }

    /**
     * Takes out the instruments with nothing open that were not heard for long.
     * @param heardBefore last heard before this, epoch milliseconds
     * @return those
     */
    public List<OpenCandleTracker> pollIdle(long heardBefore) {
        List<OpenCandleTracker> idleTrackers = new ArrayList<>();
        while (!this.idle.isEmpty() && this.idle.first().moment < heardBefore) {
            OpenCandleTracker tracker = this.idle.removeFirst().of;
            tracker.setQueueEntry(null);
            idleTrackers.add(tracker);
        }
        return idleTrackers;
    }

    /**
     * The place of an instrument.
     *
     * @param moment when its next candle closes, or when it was last heard
     * @param isIdle whether it has nothing open
     * @param of its open candles
     */
    record Entry(long moment, boolean isIdle, OpenCandleTracker of) implements Comparable<Entry> {

        private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::moment)
            .thenComparing((entry) -> entry.of.instrument().feed())
            .thenComparing((entry) -> entry.of.instrument().symbol());

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

    }

}
