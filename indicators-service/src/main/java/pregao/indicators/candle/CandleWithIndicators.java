package pregao.indicators.candle;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;

/**
 * A candle with values.
 *
 * @param candle with its revision
 * @param values of this candle
 */
public record CandleWithIndicators(Candle candle, IndicatorValues values) {
}
