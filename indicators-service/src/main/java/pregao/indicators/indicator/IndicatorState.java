package pregao.indicators.indicator;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.market.indicator.IndicatorSet;

/**
 * What is remembered of a series: its indicators with and without its last candle, which
 * may come again with other values.
 */
final class IndicatorState {

    private final IndicatorSet withoutLast;

    private final IndicatorSet withLast;

    private long lastOpenTime = Long.MIN_VALUE;

    private int revision;

    /**
     * A state that begins behind what the indicators have taken.
     */
    IndicatorState(IndicatorSet indicators) {
        this.withLast = indicators;
        this.withoutLast = new IndicatorSet(indicators.convention());
    }

    /**
     * The open time of the last candle, epoch milliseconds.
     */
    long lastOpenTime() {
        return this.lastOpenTime;
    }

    /**
     * Whether a candle is older news of the last one than what is remembered.
     */
    boolean isStale(Candle candle) {
        return candle.openTime() == this.lastOpenTime && candle.revision() < this.revision;
    }

    /**
     * Takes the next candle, or the last one once more.
     * @param candle not before the last one
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
