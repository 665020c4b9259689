package pregao.market.backtest;

import java.util.Arrays;

import pregao.contracts.Timeframe;
import pregao.market.indicator.IndicatorSet;

/**
 * A stretch of minutes that is traded, and those before it at which is only looked so
 * that indicators are warm. Places in the columns of {@link BarSeries}.
 *
 * @param warm the first that is looked at
 * @param begin the first that is traded
 * @param end behind the last that is traded
 */
public record BacktestWindow(int warm, int begin, int end) {

    public BacktestWindow {
        if (warm < 0 || begin < warm || end < begin) {
            throw new IllegalArgumentException("a range ascends: %d, %d, %d".formatted(warm, begin, end));
        }
    }

    /**
     * All minutes, traded from the first on.
     * @param bars minutes
     * @return without a warm-up
     */
    public static BacktestWindow all(BarSeries bars) {
        return new BacktestWindow(0, 0, bars.size());
    }

    /**
     * The minutes of a time, and before them as many candles as indicators reach back.
     * @param bars minutes
     * @param from inclusive, epoch milliseconds
     * @param to exclusive, epoch milliseconds
     * @param timeframe of the candles
     * @return with a shorter warm-up where there are no more minutes
     */
    public static BacktestWindow of(BarSeries bars, long from, long to, Timeframe timeframe) {
        int begin = place(bars, from);
        long bucket = bars.grid().bucketStart(timeframe, from);
        int candles = 0;
        int warm = begin;
        while (warm > 0) {
            long before = bars.grid().bucketStart(timeframe, bars.times()[warm - 1]);
            if (before != bucket && ++candles > IndicatorSet.REACH) {
                break;
            }
            bucket = before;
            warm--;
        }
        return new BacktestWindow(warm, begin, Math.max(begin, place(bars, to)));
    }

    private static int place(BarSeries bars, long time) {
        int found = Arrays.binarySearch(bars.times(), time);
        return (found >= 0) ? found : -found - 1;
    }

    /**
     * How many minutes are gone through.
     * @return those that are only looked at included
     */
    public int size() {
        return this.end - this.warm;
    }

}
