package pregao.aggregator.tick;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The known minutes with ticks next to a minute.
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
     * Creates neighbors that consist of the minute itself.
     * @param minute the start of the minute, in epoch milliseconds
     * @param maxParts the maximum number of stored parts that are read on each side
     */
    NeighboringMinutes(long minute, int maxParts) {
        this.minutes.add(minute);
        this.firstMinute = minute;
        this.lastMinute = minute;
        this.maxParts = maxParts;
    }

    /** Adds a row of the query: a part before or after, or a minute with a held tick. */
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

    /** Adds a minute whose ticks are not all stored. */
    void add(long minute) {
        this.minutes.add(minute);
    }

    /** Returns true if no accepted ticks exist before the first minute. */
    boolean reachesStart() {
        return this.partsBefore < this.maxParts;
    }

    /** Returns true if no accepted ticks exist after the last minute. */
    boolean reachesEnd() {
        return this.partsAfter < this.maxParts;
    }

    /**
     * Returns the minutes, restricted to the period without missing ones.
     * @return the minutes, in order
     */
    SortedSet<Long> minutes() {
        SortedSet<Long> from = reachesStart() ? this.minutes : this.minutes.tailSet(this.firstMinute, true);
        return reachesEnd() ? from : from.headSet(this.lastMinute + 1);
    }

}
