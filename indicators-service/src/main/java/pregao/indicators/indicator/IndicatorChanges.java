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
 * What a batch of candles changes: the values to store, the values to publish, and the
 * span of each series.
 */
public final class IndicatorChanges {

    /** Relative to the price. A change that no consumer can notice is not published. */
    private static final double MIN_RELATIVE_CHANGE = 1e-9;

    private static final double PRICE_PER_UNIT = 1e-8;

    private final List<CandleWithIndicators> toStore = new ArrayList<>();

    private final List<CandleWithIndicators> toPublish = new ArrayList<>();

    private final Map<SeriesKey, Span> spans = new HashMap<>();

    private final List<Candle> withdrawn = new ArrayList<>();

    /**
     * Adds a withdrawn candle.
     */
    void addWithdrawn(Candle candle) {
        this.withdrawn.add(candle);
    }

    /**
     * Adds a new candle.
     */
    void addNew(Candle candle, IndicatorValues values) {
        CandleWithIndicators candleWithValues = new CandleWithIndicators(candle, values);
        this.toStore.add(candleWithValues);
        this.toPublish.add(candleWithValues);
        extendSpan(candle);
    }

    /**
     * Adds a recalculated candle.
     * @param isNew whether it is one of the new candles
     */
    void addRecomputed(StoredCandle storedCandle, IndicatorValues values, boolean isNew) {
        Candle candle = storedCandle.candle();
        CandleWithIndicators candleWithValues = new CandleWithIndicators(candle, values);
        if (!values.equals(storedCandle.values())) {
            this.toStore.add(candleWithValues);
        }
        IndicatorValues previous = storedCandle.values();
        if (isNew || (previous != null && differs(previous, values, candle.close() * PRICE_PER_UNIT))) {
            this.toPublish.add(candleWithValues);
        }
        extendSpan(candle);
    }

    private void extendSpan(Candle candle) {
        this.spans.merge(SeriesKey.of(candle), new Span(candle.openTime(), candle.openTime()), Span::union);
    }

    static boolean differs(IndicatorValues left, IndicatorValues right, double price) {
        return differs(left.rsi(), right.rsi(), 100) || differs(left.macd(), right.macd(), price)
                || differs(left.macdSignal(), right.macdSignal(), price)
                || differs(left.macdHist(), right.macdHist(), price) || differs(left.atr(), right.atr(), price)
                || differs(left.bbUpper(), right.bbUpper(), price) || differs(left.bbMiddle(), right.bbMiddle(), price)
                || differs(left.bbLower(), right.bbLower(), price);
    }

    private static boolean differs(double left, double right, double scale) {
        return Double.isNaN(left) != Double.isNaN(right) || Math.abs(left - right) > MIN_RELATIVE_CHANGE * scale;
    }

    public List<CandleWithIndicators> toStore() {
        return this.toStore;
    }

    public List<CandleWithIndicators> toPublish() {
        return this.toPublish;
    }

    /**
     * Returns the withdrawn candles, whose values are deleted.
     * @return the candles with their last values and the revision of their withdrawal
     */
    public List<Candle> withdrawn() {
        return this.withdrawn;
    }

    public Map<SeriesKey, Span> spans() {
        return this.spans;
    }

    /**
     * Returns true if there is nothing to store or publish.
     * @return whether no candle was added
     */
    public boolean isEmpty() {
        return this.spans.isEmpty() && this.withdrawn.isEmpty();
    }

    /**
     * A range of open times.
     *
     * @param first the first open time, in epoch milliseconds
     * @param last the last open time, in epoch milliseconds
     */
    public record Span(long first, long last) {

        Span union(Span span) {
            return new Span(Math.min(this.first, span.first), Math.max(this.last, span.last));
        }

        /**
         * Returns true if this span contains another one.
         * @param span the other span
         * @return whether the other span adds nothing
         */
        public boolean contains(Span span) {
            return this.first <= span.first && this.last >= span.last;
        }

    }

}
