/**
 * The stored candles that indicators are computed from.
 */
@NullMarked
package pregao.indicators.candle;

import org.jspecify.annotations.NullMarked;
