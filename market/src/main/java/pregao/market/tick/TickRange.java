package pregao.market.tick;

import pregao.contracts.tick.TickBatch;

/**
 * The times and prices of some ticks, whichever price is judged. Used again and again,
 * because this is done for every tick.
 */
public final class TickRange {

    private long first;

    private long last;

    private long low;

    private long high;

    /**
     * Measures ticks.
     * @param ticks a record
     * @param from the first tick
     * @param to behind the last tick
     * @return false if they have no price at all
     */
    public boolean measure(TickBatch ticks, int from, int to) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int i = from; i < to; i++) {
            long time = ticks.time(i);
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
            long bid = ticks.bid(i);
            long ask = ticks.ask(i);
            long trade = ticks.last(i);
            lowest = Math.min(lowest, Math.min(bid, ask));
            highest = Math.max(highest, Math.max(bid, ask));
            if (trade != 0) {
                lowest = Math.min(lowest, trade);
                highest = Math.max(highest, trade);
            }
        }
        this.first = earliest;
        this.last = latest;
        this.low = (lowest != 0) ? lowest : lowestAboveZero(ticks, from, to);
        this.high = highest;
        return highest > 0;
    }

    /** Where a quote is unknown, which is rare, it is 0. */
    private static long lowestAboveZero(TickBatch ticks, int from, int to) {
        long lowest = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            for (long price : new long[] { ticks.bid(i), ticks.ask(i), ticks.last(i) }) {
                lowest = (price != 0) ? Math.min(lowest, price) : lowest;
            }
        }
        return lowest;
    }

    /**
     * The time of the first tick.
     * @return epoch milliseconds
     */
    public long first() {
        return this.first;
    }

    /**
     * The time of the last tick.
     * @return epoch milliseconds
     */
    public long last() {
        return this.last;
    }

    /**
     * The lowest price of any kind.
     * @return units of 1e-8
     */
    public long low() {
        return this.low;
    }

    /**
     * The highest price of any kind.
     * @return units of 1e-8
     */
    public long high() {
        return this.high;
    }

}
