package pregao.aggregator.tick;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The minutes next to a minute that have ticks, as far as they are known.
 */
public final class NeighboringMinutes {

    private static final int BEFORE = 0;

    private static final int AFTER = 1;

    private final TreeSet<Long> minutes = new TreeSet<>();

    private final int limit;

    private int before;

    private int after;

    private long first;

    private long last;

    /**
     * Nothing but the minute itself.
     * @param minute its start, epoch milliseconds
     * @param limit how many parts are asked for on each side
     */
    NeighboringMinutes(long minute, int limit) {
        this.minutes.add(minute);
        this.first = minute;
        this.last = minute;
        this.limit = limit;
    }

    /** Adds a row: a part before or after, or a minute with a held tick. */
    void add(int side, long minute) {
        this.minutes.add(minute);
        if (side == BEFORE) {
            this.before++;
            this.first = Math.min(this.first, minute);
        }
        else if (side == AFTER) {
            this.after++;
            this.last = Math.max(this.last, minute);
        }
    }

    /** Adds a minute that is not stored as it is. */
    void add(long minute) {
        this.minutes.add(minute);
    }

    /** Whether there are no accepted ticks before the first minute. */
    boolean isFromStart() {
        return this.before < this.limit;
    }

    /** Whether there are no accepted ticks behind the last minute. */
    boolean isToEnd() {
        return this.after < this.limit;
    }

    /**
     * The minutes between which nothing is missing.
     * @return in order
     */
    SortedSet<Long> minutes() {
        SortedSet<Long> from = isFromStart() ? this.minutes : this.minutes.tailSet(this.first, true);
        return isToEnd() ? from : from.headSet(this.last + 1);
    }

}
