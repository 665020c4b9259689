package pregao.indicators.candle;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;

/**
 * A candle as it is stored.
 *
 * @param candle the candle, with its revision
 * @param values the stored values; null if there are none yet
 */
public record StoredCandle(Candle candle, @Nullable IndicatorValues values) {
}
