package pregao.market.quality;

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
public record Stretch(long first, long last) {

    public Stretch {
        if (last < first) {
            throw new IllegalArgumentException("a stretch ends after it begins, not %d to %d".formatted(first, last));
        }
    }

    /**
     * The stretches of some candles.
     * @param times the candles' open times
     * @param timeframe the candles' timeframe
     * @return ascending; each two further apart than {@link Neighbours#MOST} buckets
     */
    public static List<Stretch> of(SortedSet<Long> times, Timeframe timeframe) {
        List<Stretch> stretches = new ArrayList<>();
        long gap = Neighbours.MOST * timeframe.millis();
        long first = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (long time : times) {
            if (first == Long.MIN_VALUE) {
                first = time;
            }
            else if (time - last > gap) {
                stretches.add(new Stretch(first, last));
                first = time;
            }
            last = time;
        }
        if (first != Long.MIN_VALUE) {
            stretches.add(new Stretch(first, last));
        }
        return stretches;
    }

}
