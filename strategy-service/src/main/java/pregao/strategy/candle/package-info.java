/**
 * Access to stored candles in bulk.
 */
@NullMarked
package pregao.strategy.candle;

import org.jspecify.annotations.NullMarked;
