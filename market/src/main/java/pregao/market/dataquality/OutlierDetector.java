package pregao.market.dataquality;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * What stands around a candle in time: closes of one feed, symbol and timeframe, beside
 * which it is believed or doubted.
 * <p>
 * Neighbours are the stored candles, final or forming, and those of the same request,
 * themselves doubted or not: the median copes. A bucket counts once, with the request's
 * last candle where both have one, so that a repeat is judged as the first time; the
 * judged candle's own bucket does not count. The nearest 20 count, before and after
 * together; of two equally near ones the earlier is nearer. A candle without neighbours
 * is believed.
 */
public final class OutlierDetector {

    /** How many count. */
    public static final int MAX_COUNT = OutlierRule.NEIGHBORS;

    private final long[] times;

    private final long[] closes;

    private OutlierDetector(long[] times, long[] closes) {
        this.times = times;
        this.closes = closes;
    }

    /**
     * Takes closes.
     * @param closes by open time; those of candles that are to be judged may be among
     * them
     * @return what candles are judged by
     */
    public static OutlierDetector of(SortedMap<Long, Long> closes) {
        long[] times = new long[closes.size()];
        long[] prices = new long[closes.size()];
        int at = 0;
        for (Map.Entry<Long, Long> close : closes.entrySet()) {
            times[at] = close.getKey();
            prices[at++] = close.getValue();
        }
        return new OutlierDetector(times, prices);
    }

    /**
     * Judges a candle.
     * @param candle of the series the closes are of
     * @return null where it is believed
     */
    public @Nullable Outlier judge(Candle candle) {
        long[] nearest = nearest(candle.openTime());
        if (nearest.length == 0) {
            return null;
        }
        long median = OutlierRule.median(nearest);
        if (OutlierRule.exceeds(candle.high(), median)) {
            return new Outlier("high", candle.high(), median, nearest.length);
        }
        if (OutlierRule.exceeds(median, candle.low())) {
            return new Outlier("low", candle.low(), median, nearest.length);
        }
        return null;
    }

    private long[] nearest(long time) {
        int found = Arrays.binarySearch(this.times, time);
        int after = (found >= 0) ? found + 1 : -found - 1;
        int before = ((found >= 0) ? found : after) - 1;
        long[] nearest = new long[Math.min(MAX_COUNT, before + 1 + this.times.length - after)];
        for (int i = 0; i < nearest.length; i++) {
            boolean earlier = after == this.times.length
                    || (before >= 0 && time - this.times[before] <= this.times[after] - time);
            nearest[i] = this.closes[earlier ? before-- : after++];
        }
        return nearest;
    }

}
