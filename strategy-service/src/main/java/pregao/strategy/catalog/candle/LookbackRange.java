package pregao.strategy.catalog.candle;

import pregao.contracts.Timeframe;

/**
 * The latest candles of a series.
 *
 * @param timeframe the timeframe of the candles
 * @param candles the number of candles
 */
public record LookbackRange(Timeframe timeframe, int candles) {

    /** The allowance for nights and holidays. */
    private static final long MAX_CLOSED_MILLIS = 14 * Timeframe.D1.millis();

    private static final int GAP_FACTOR = 4;

    public LookbackRange {
        if (candles < 1) {
            throw new IllegalArgumentException("at least one candle is looked at, not " + candles);
        }
    }

    /**
     * Returns the length of the range if no candle is missing.
     * @return the length in milliseconds
     */
    public long millis() {
        return this.candles * this.timeframe.millis();
    }

    /**
     * Returns the earliest open time to read. The bound keeps old chunks of the
     * hypertable out of the query.
     * @param lastOpenTime the open time of the last candle, in epoch milliseconds
     * @return the time in epoch milliseconds
     */
    long earliestOpenTime(long lastOpenTime) {
        return lastOpenTime - GAP_FACTOR * millis() - MAX_CLOSED_MILLIS;
    }

}
