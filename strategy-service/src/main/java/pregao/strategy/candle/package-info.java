/**
 * Stored candles, read by the hundred thousand.
 */
@NullMarked
package pregao.strategy.candle;

import org.jspecify.annotations.NullMarked;
