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
 * Orders instruments by the close time of their next candle, for each partition, and
 * instruments without open candles by their last record. No operation iterates over all
 * instruments. Not thread-safe.
 */
public final class CloseQueue {

    private final Map<Integer, NavigableSet<Entry>> closingByPartition = new HashMap<>();

    private final NavigableSet<Entry> idle = new TreeSet<>();

    /**
     * Updates the position of an instrument.
     * @param tracker the open candles of the instrument, which may have changed
     * @param feed the settings of its feed
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
     * Removes an instrument.
     * @param tracker the open candles of the instrument
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
     * Returns when the next candle of a partition closes.
     * @param partition the partition number
     * @return epoch milliseconds, or {@link Long#MAX_VALUE} if no candle is open
     */
    public long nextCloseTime(int partition) {
        NavigableSet<Entry> entries = getClosingQueue(partition);
        return entries.isEmpty() ? Long.MAX_VALUE : entries.first().moment;
    }

    /**
     * Finds the instruments of a partition with a candle that is due to close.
     * @param partition the partition number
     * @param timestamp the time, in epoch milliseconds
     * @return the instruments, in order of their close times
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
     * Removes and returns the instruments without open candles whose last record is old.
     * @param heardBefore the last record is before this time, in epoch milliseconds
     * @return the removed instruments
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
     * The position of an instrument.
     *
     * @param moment when its next candle closes, or when its last record was read
     * @param isIdle whether it has no open candles
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
