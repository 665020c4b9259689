package pregao.aggregator.candle;

import java.util.Comparator;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * One day of one instrument; days of an instrument follow each other.
 *
 * @param instrument of what
 * @param day its start, epoch milliseconds
 */
public record InstrumentDay(Instrument instrument, long day) implements Comparable<InstrumentDay> {

    private static final Comparator<InstrumentDay> ORDER = Comparator
        .comparing((InstrumentDay each) -> each.instrument.feed())
        .thenComparing((each) -> each.instrument.symbol())
        .thenComparingLong(InstrumentDay::day);

    /**
     * The day that holds a moment.
     * @param instrument of what
     * @param moment epoch milliseconds
     * @return its day
     */
    public static InstrumentDay of(Instrument instrument, long moment) {
        return new InstrumentDay(instrument, Timeframe.D1.bucketStart(moment));
    }

    /**
     * The day that holds a candle.
     * @param candle D1 at most
     * @return its day
     */
    public static InstrumentDay of(Candle candle) {
        return of(candle.instrument(), candle.openTime());
    }

    @Override
    public int compareTo(InstrumentDay other) {
        return ORDER.compare(this, other);
    }

}
