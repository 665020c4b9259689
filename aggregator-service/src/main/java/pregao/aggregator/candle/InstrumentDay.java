package pregao.aggregator.candle;

import java.util.Comparator;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * One day of one instrument; days of an instrument follow each other.
 *
 * @param instrument of what
 * @param day its start on the grid of the feed, epoch milliseconds
 * @param end of the day, the start of the next one
 */
public record InstrumentDay(Instrument instrument, long day, long end) implements Comparable<InstrumentDay> {

    private static final Comparator<InstrumentDay> ORDER = Comparator
        .comparing((InstrumentDay instrumentDay) -> instrumentDay.instrument.feed())
        .thenComparing((instrumentDay) -> instrumentDay.instrument.symbol())
        .thenComparingLong(InstrumentDay::day);

    /**
     * The day that holds a moment.
     * @param instrument of what
     * @param grid of its feed
     * @param timestamp epoch milliseconds
     * @return its day
     */
    public static InstrumentDay of(Instrument instrument, BucketGrid grid, long timestamp) {
        return new InstrumentDay(instrument, grid.bucketStart(Timeframe.D1, timestamp),
                grid.bucketEnd(Timeframe.D1, timestamp));
    }

    @Override
    public int compareTo(InstrumentDay other) {
        return ORDER.compare(this, other);
    }

}
