package pregao.aggregator.candle;

import java.util.Comparator;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * A day of an instrument. The order is by instrument, then by day.
 *
 * @param instrument the instrument
 * @param day the start of the day on the grid of the feed, in epoch milliseconds
 * @param end the start of the next day, in epoch milliseconds
 */
public record InstrumentDay(Instrument instrument, long day, long end) implements Comparable<InstrumentDay> {

    private static final Comparator<InstrumentDay> ORDER = Comparator
        .comparing((InstrumentDay instrumentDay) -> instrumentDay.instrument.feed())
        .thenComparing((instrumentDay) -> instrumentDay.instrument.symbol())
        .thenComparingLong(InstrumentDay::day);

    /**
     * Returns the day that contains a time.
     * @param instrument the instrument
     * @param grid the grid of its feed
     * @param timestamp the time, in epoch milliseconds
     * @return the day
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
