package pregao.contracts.indicator;

import pregao.contracts.candle.Candle;

/**
 * A candle with its indicators, as it crosses Kafka.
 *
 * @param candle with its revision
 * @param convention how the values were calculated
 * @param values of this candle
 * @param withdrawn whether the candle was removed; it then says what stood last, has the
 * next revision, and no values
 */
public record IndicatorEvent(Candle candle, IndicatorConvention convention, IndicatorValues values, boolean withdrawn) {

    /**
     * The event of a candle that stands.
     * @param candle with its revision
     * @param convention how the values were calculated
     * @param values of this candle
     */
    public IndicatorEvent(Candle candle, IndicatorConvention convention, IndicatorValues values) {
        this(candle, convention, values, false);
    }

}
