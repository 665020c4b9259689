package pregao.indicators.candle;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;

/**
 * A candle with its indicator values.
 *
 * @param candle the candle, with its revision
 * @param values the values
 */
public record CandleWithIndicators(Candle candle, IndicatorValues values) {
}
