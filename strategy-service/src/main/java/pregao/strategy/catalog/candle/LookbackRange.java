package pregao.strategy.catalog.candle;

import pregao.contracts.Timeframe;

/**
 * How much of a series is looked at.
 *
 * @param timeframe of the candles
 * @param candles how many of the last
 */
public record LookbackRange(Timeframe timeframe, int candles) {

    /** Holidays and nights are passed over, but not years. */
    private static final long MAX_CLOSED_MILLIS = 14 * Timeframe.D1.millis();

    private static final int GAP_FACTOR = 4;

    public LookbackRange {
        if (candles < 1) {
            throw new IllegalArgumentException("at least one candle is looked at, not " + candles);
        }
    }

    /**
     * How long it is where none is missing.
     * @return milliseconds
     */
    public long millis() {
        return this.candles * this.timeframe.millis();
    }

    /**
     * Before which nothing is looked at, which keeps old chunks of the table out of it.
     * @param lastOpenTime the open time of the last candle, epoch milliseconds
     * @return epoch milliseconds
     */
    long earliestOpenTime(long lastOpenTime) {
        return lastOpenTime - GAP_FACTOR * millis() - MAX_CLOSED_MILLIS;
    }

}
