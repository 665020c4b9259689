package pregao.indicators.indicator;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.market.indicator.IndicatorSet;

/**
 * The state of a series: its indicators with and without its last candle, which may
 * arrive again with other values.
 */
final class IndicatorState {

    private final IndicatorSet withoutLast;

    private final IndicatorSet withLast;

    private long lastOpenTime = Long.MIN_VALUE;

    private int revision;

    /**
     * Creates a state that continues after the candles of the indicators.
     */
    IndicatorState(IndicatorSet indicators) {
        this.withLast = indicators;
        this.withoutLast = new IndicatorSet(indicators.convention());
    }

    /**
     * Returns the open time of the last candle, in epoch milliseconds.
     */
    long lastOpenTime() {
        return this.lastOpenTime;
    }

    /**
     * Returns true if a candle is an older revision of the last one.
     */
    boolean isStale(Candle candle) {
        return candle.openTime() == this.lastOpenTime && candle.revision() < this.revision;
    }

    /**
     * Adds the next candle, or another revision of the last one.
     * @param candle a candle that is not before the last one
     * @return its values
     */
    IndicatorValues add(Candle candle) {
        if (candle.openTime() < this.lastOpenTime) {
            throw new IllegalArgumentException(
                    "the candle at %d is before the last one at %d".formatted(candle.openTime(), this.lastOpenTime));
        }
        if (candle.openTime() > this.lastOpenTime) {
            this.withoutLast.copyFrom(this.withLast);
        }
        else {
            this.withLast.copyFrom(this.withoutLast);
        }
        this.withLast.add(candle.high(), candle.low(), candle.close());
        this.lastOpenTime = candle.openTime();
        this.revision = candle.revision();
        return this.withLast.values();
    }

}
