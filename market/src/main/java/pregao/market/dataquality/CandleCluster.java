package pregao.market.dataquality;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

import pregao.contracts.Timeframe;

/**
 * A part of time in which candles lie close together: what is stored between them is
 * little and can be read at once.
 *
 * @param first the first candle's open time, epoch milliseconds
 * @param last the last candle's open time, epoch milliseconds
 */
public record CandleCluster(long first, long last) {

    public CandleCluster {
        if (last < first) {
            throw new IllegalArgumentException("a stretch ends after it begins, not %d to %d".formatted(first, last));
        }
    }

    /**
     * The stretches of some candles.
     * @param times the candles' open times
     * @param timeframe the candles' timeframe
     * @return ascending; each two further apart than {@link OutlierDetector#MAX_COUNT}
     * buckets
     */
    public static List<CandleCluster> of(SortedSet<Long> times, Timeframe timeframe) {
        List<CandleCluster> stretches = new ArrayList<>();
        long gap = OutlierDetector.MAX_COUNT * timeframe.millis();
        long first = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (long time : times) {
            if (first == Long.MIN_VALUE) {
                first = time;
            }
            else if (time - last > gap) {
                stretches.add(new CandleCluster(first, last));
                first = time;
            }
            last = time;
        }
        if (first != Long.MIN_VALUE) {
            stretches.add(new CandleCluster(first, last));
        }
        return stretches;
    }

}
