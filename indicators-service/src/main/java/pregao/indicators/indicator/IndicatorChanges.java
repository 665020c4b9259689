package pregao.indicators.indicator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.indicators.candle.CandleWithIndicators;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.candle.StoredCandle;

/**
 * What a batch of candles changes: values to be stored, values to be published, and how
 * far each series goes.
 */
public final class IndicatorChanges {

    /** Relative to the price: what no reader can see is not worth an event. */
    private static final double VISIBLE = 1e-9;

    private static final double PRICE_OF_A_UNIT = 1e-8;

    private final List<CandleWithIndicators> toStore = new ArrayList<>();

    private final List<CandleWithIndicators> toPublish = new ArrayList<>();

    private final Map<SeriesKey, Span> spans = new HashMap<>();

    private final List<Candle> withdrawn = new ArrayList<>();

    /**
     * Takes a candle that was removed.
     */
    void withdrew(Candle candle) {
        this.withdrawn.add(candle);
    }

    /**
     * Takes a candle that came.
     */
    void addNew(Candle candle, IndicatorValues values) {
        CandleWithIndicators valued = new CandleWithIndicators(candle, values);
        this.toStore.add(valued);
        this.toPublish.add(valued);
        span(candle);
    }

    /**
     * Takes a candle that was computed again.
     * @param came whether it is among those that came
     */
    void addRecomputed(StoredCandle stored, IndicatorValues values, boolean came) {
        Candle candle = stored.candle();
        CandleWithIndicators valued = new CandleWithIndicators(candle, values);
        if (!values.equals(stored.values())) {
            this.toStore.add(valued);
        }
        IndicatorValues before = stored.values();
        if (came || (before != null && differ(before, values, candle.close() * PRICE_OF_A_UNIT))) {
            this.toPublish.add(valued);
        }
        span(candle);
    }

    private void span(Candle candle) {
        this.spans.merge(SeriesKey.of(candle), new Span(candle.openTime(), candle.openTime()), Span::and);
    }

    static boolean differ(IndicatorValues a, IndicatorValues b, double price) {
        return differ(a.rsi(), b.rsi(), 100) || differ(a.macd(), b.macd(), price)
                || differ(a.macdSignal(), b.macdSignal(), price) || differ(a.macdHist(), b.macdHist(), price)
                || differ(a.atr(), b.atr(), price) || differ(a.bbUpper(), b.bbUpper(), price)
                || differ(a.bbMiddle(), b.bbMiddle(), price) || differ(a.bbLower(), b.bbLower(), price);
    }

    private static boolean differ(double a, double b, double scale) {
        return Double.isNaN(a) != Double.isNaN(b) || Math.abs(a - b) > VISIBLE * scale;
    }

    public List<CandleWithIndicators> toStore() {
        return this.toStore;
    }

    public List<CandleWithIndicators> toPublish() {
        return this.toPublish;
    }

    /**
     * The candles that were removed, whose values go with them.
     * @return as they stood last, with the revision they were removed with
     */
    public List<Candle> withdrawn() {
        return this.withdrawn;
    }

    public Map<SeriesKey, Span> spans() {
        return this.spans;
    }

    /**
     * Whether there is nothing to do.
     * @return true if no candle was taken
     */
    public boolean isEmpty() {
        return this.spans.isEmpty() && this.withdrawn.isEmpty();
    }

    /**
     * From one candle to another.
     *
     * @param first an open time, epoch milliseconds
     * @param last an open time, epoch milliseconds
     */
    public record Span(long first, long last) {

        Span and(Span other) {
            return new Span(Math.min(this.first, other.first), Math.max(this.last, other.last));
        }

        /**
         * Whether another one lies within.
         * @param other a span
         * @return true if it adds nothing
         */
        public boolean holds(Span other) {
            return this.first <= other.first && this.last >= other.last;
        }

    }

}
