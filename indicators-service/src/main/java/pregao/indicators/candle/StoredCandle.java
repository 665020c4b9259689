package pregao.indicators.candle;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;

/**
 * A candle as it is stored.
 *
 * @param candle with its revision
 * @param values null where none were stored for it yet
 */
public record StoredCandle(Candle candle, @Nullable IndicatorValues values) {
}
