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

    private final Map<Integer, NavigableSet<Entry>> closing = new HashMap<>();

    private final NavigableSet<Entry> idle = new TreeSet<>();

    /**
     * Puts an instrument where it belongs now.
     * @param openCandleTracker its open candles, which may have changed
     * @param feed its settings
     */
    public void place(OpenCandleTracker openCandleTracker, Feed feed) {
        long close = openCandleTracker.nextCloseTime(feed);
        boolean isIdle = close == Long.MAX_VALUE;
        Entry before = openCandleTracker.place();
        Entry after = new Entry(isIdle ? openCandleTracker.heardAt() : close, isIdle, openCandleTracker);
        if (before != null) {
            if (before.moment == after.moment && before.isIdle == isIdle) {
                return;
            }
            remove(before);
        }
        openCandleTracker.place(after);
        places(after).add(after);
    }

    /**
     * Takes an instrument out.
     * @param openCandleTracker its open candles
     */
    public void remove(OpenCandleTracker openCandleTracker) {
        Entry place = openCandleTracker.place();
        if (place != null) {
            remove(place);
            openCandleTracker.place(null);
        }
    }

    private void remove(Entry place) {
        places(place).remove(place);
    }

    private NavigableSet<Entry> places(Entry entry) {
        return entry.isIdle ? this.idle : closing(entry.of.partition());
    }

    private NavigableSet<Entry> closing(int partition) {
        return this.closing.computeIfAbsent(partition, (number) -> new TreeSet<>());
    }

    /**
     * When the next candle of a partition closes.
     * @param partition its number
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where none is open
     */
    public long next(int partition) {
        NavigableSet<Entry> of = closing(partition);
        return of.isEmpty() ? Long.MAX_VALUE : of.first().moment;
    }

    /**
     * The instruments of a partition with a candle that closes.
     * @param partition its number
     * @param moment up to when, epoch milliseconds
     * @return in order
     */
    public List<OpenCandleTracker> due(int partition, long moment) {
        List<OpenCandleTracker> due = new ArrayList<>();
        for (Entry entry : closing(partition)) {
            if (entry.moment > moment) {
                break;
            }
            due.add(entry.of);
        }
        return due;
    }

    /**
     * Takes out the instruments with nothing open that were not heard for long.
     * @param before last heard before this, epoch milliseconds
     * @return those
     */
    public List<OpenCandleTracker> takeIdle(long before) {
        List<OpenCandleTracker> taken = new ArrayList<>();
        while (!this.idle.isEmpty() && this.idle.first().moment < before) {
            OpenCandleTracker openCandleTracker = this.idle.removeFirst().of;
            openCandleTracker.place(null);
            taken.add(openCandleTracker);
        }
        return taken;
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
            .thenComparing((each) -> each.of.instrument().symbol());

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

    }

}
