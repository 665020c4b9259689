package pregao.market.backtest;

import java.util.List;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * Final M1 candles of one instrument in columns, ascending. The arrays are not copied:
 * whoever hands them over leaves them alone.
 *
 * @param grid on which longer candles start
 * @param times open times, epoch milliseconds
 * @param opens units of 1e-8
 * @param highs units of 1e-8
 * @param lows units of 1e-8
 * @param closes units of 1e-8
 */
@SuppressWarnings("ArrayRecordComponent") // columns of millions; nobody compares them
public record BarSeries(BucketGrid grid, long[] times, long[] opens, long[] highs, long[] lows, long[] closes) {

    public BarSeries {
        int size = times.length;
        if (opens.length != size || highs.length != size || lows.length != size || closes.length != size) {
            throw new IllegalArgumentException("columns must have one length, " + size);
        }
        for (int i = 0; i < size; i++) {
            if (!Timeframe.M1.isAligned(times[i]) || (i > 0 && times[i] <= times[i - 1])) {
                throw new IllegalArgumentException("open times ascend by whole minutes, not " + times[i]);
            }
        }
    }

    /**
     * Minutes of a feed whose days are those of UTC.
     * @param times open times, epoch milliseconds
     * @param opens units of 1e-8
     * @param highs units of 1e-8
     * @param lows units of 1e-8
     * @param closes units of 1e-8
     */
    public BarSeries(long[] times, long[] opens, long[] highs, long[] lows, long[] closes) {
        this(BucketGrid.UTC, times, opens, highs, lows, closes);
    }

    /**
     * Candles in columns.
     * @param candles M1 of a feed whose days are those of UTC, ascending
     * @return bars
     */
    public static BarSeries of(List<Candle> candles) {
        return new BarSeries(candles.stream().mapToLong(Candle::openTime).toArray(),
                candles.stream().mapToLong(Candle::open).toArray(), candles.stream().mapToLong(Candle::high).toArray(),
                candles.stream().mapToLong(Candle::low).toArray(), candles.stream().mapToLong(Candle::close).toArray());
    }

    /**
     * How many there are.
     * @return the number
     */
    public int size() {
        return this.times.length;
    }

}
