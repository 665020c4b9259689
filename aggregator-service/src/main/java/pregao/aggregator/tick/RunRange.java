package pregao.aggregator.tick;

import pregao.contracts.tick.Ticks;

/**
 * The times and prices of some ticks, whichever price is judged. Used again and again,
 * because this is done for every tick.
 */
final class RunRange {

    private long first;

    private long last;

    private long low;

    private long high;

    /**
     * Measures ticks.
     * @return false if they have no price at all
     */
    boolean measure(Ticks ticks, int from, int to) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int i = from; i < to; i++) {
            earliest = Math.min(earliest, ticks.time(i));
            latest = Math.max(latest, ticks.time(i));
            // 0 is no price: one less, taken as unsigned, it is the highest.
            lowest = Math.min(lowest, (ticks.bid(i) - 1) & Long.MAX_VALUE);
            lowest = Math.min(lowest, (ticks.ask(i) - 1) & Long.MAX_VALUE);
            lowest = Math.min(lowest, (ticks.last(i) - 1) & Long.MAX_VALUE);
            highest = Math.max(highest, Math.max(ticks.bid(i), Math.max(ticks.ask(i), ticks.last(i))));
        }
        this.first = earliest;
        this.last = latest;
        this.low = lowest + 1;
        this.high = highest;
        return highest > 0;
    }

    long first() {
        return this.first;
    }

    long last() {
        return this.last;
    }

    long low() {
        return this.low;
    }

    long high() {
        return this.high;
    }

}
