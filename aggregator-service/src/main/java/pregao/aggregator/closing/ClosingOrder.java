package pregao.aggregator.closing;

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
public final class ClosingOrder {

    private final Map<Integer, NavigableSet<Entry>> closing = new HashMap<>();

    private final NavigableSet<Entry> idle = new TreeSet<>();

    /**
     * Puts an instrument where it belongs now.
     * @param of its open candles, which may have changed
     * @param feed its settings
     */
    public void place(OpenCandles of, Feed feed) {
        long close = of.nextClose(feed);
        boolean isIdle = close == Long.MAX_VALUE;
        Entry before = of.place();
        Entry after = new Entry(isIdle ? of.heardAt() : close, isIdle, of);
        if (before != null) {
            if (before.moment == after.moment && before.isIdle == isIdle) {
                return;
            }
            remove(before);
        }
        of.place(after);
        places(after).add(after);
    }

    /**
     * Takes an instrument out.
     * @param of its open candles
     */
    public void remove(OpenCandles of) {
        Entry place = of.place();
        if (place != null) {
            remove(place);
            of.place(null);
        }
    }

    private void remove(Entry place) {
        places(place).remove(place);
    }

    private NavigableSet<Entry> places(Entry of) {
        return of.isIdle ? this.idle : closing(of.of.partition());
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
    public List<OpenCandles> due(int partition, long moment) {
        List<OpenCandles> due = new ArrayList<>();
        for (Entry each : closing(partition)) {
            if (each.moment > moment) {
                break;
            }
            due.add(each.of);
        }
        return due;
    }

    /**
     * Takes out the instruments with nothing open that were not heard for long.
     * @param before last heard before this, epoch milliseconds
     * @return those
     */
    public List<OpenCandles> takeIdle(long before) {
        List<OpenCandles> taken = new ArrayList<>();
        while (!this.idle.isEmpty() && this.idle.first().moment < before) {
            OpenCandles of = this.idle.removeFirst().of;
            of.place(null);
            taken.add(of);
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
    record Entry(long moment, boolean isIdle, OpenCandles of) implements Comparable<Entry> {

        private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::moment)
            .thenComparing((each) -> each.of.instrument().feed())
            .thenComparing((each) -> each.of.instrument().symbol());

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

    }

}
