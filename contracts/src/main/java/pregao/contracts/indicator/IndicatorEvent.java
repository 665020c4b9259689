package pregao.contracts.indicator;

import pregao.contracts.candle.Candle;

/**
 * A candle with its indicators, as it crosses Kafka.
 *
 * @param candle with its revision
 * @param convention how the values were calculated
 * @param values of this candle
 */
public record IndicatorEvent(Candle candle, Convention convention, IndicatorValues values) {
}
