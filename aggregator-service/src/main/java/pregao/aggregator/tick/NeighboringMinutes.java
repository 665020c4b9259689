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

    private final int maxParts;

    private int partsBefore;

    private int partsAfter;

    private long firstMinute;

    private long lastMinute;

    /**
     * Nothing but the minute itself.
     * @param minute its start, epoch milliseconds
     * @param maxParts how many parts are asked for on each side
     */
    NeighboringMinutes(long minute, int maxParts) {
        this.minutes.add(minute);
        this.firstMinute = minute;
        this.lastMinute = minute;
        this.maxParts = maxParts;
    }

    /** Adds a row: a part before or after, or a minute with a held tick. */
    void add(int side, long minute) {
        this.minutes.add(minute);
        if (side == BEFORE) {
            this.partsBefore++;
            this.firstMinute = Math.min(this.firstMinute, minute);
        }
        else if (side == AFTER) {
            this.partsAfter++;
            this.lastMinute = Math.max(this.lastMinute, minute);
        }
    }

    /** Adds a minute that is not stored as it is. */
    void add(long minute) {
        this.minutes.add(minute);
    }

    /** Whether there are no accepted ticks before the first minute. */
    boolean reachesStart() {
        return this.partsBefore < this.maxParts;
    }

    /** Whether there are no accepted ticks behind the last minute. */
    boolean reachesEnd() {
        return this.partsAfter < this.maxParts;
    }

    /**
     * The minutes between which nothing is missing.
     * @return in order
     */
    SortedSet<Long> minutes() {
        SortedSet<Long> from = reachesStart() ? this.minutes : this.minutes.tailSet(this.firstMinute, true);
        return reachesEnd() ? from : from.headSet(this.lastMinute + 1);
    }

}
