/**
 * Candles as the database holds them.
 */
@NullMarked
package pregao.loop.candle;

import org.jspecify.annotations.NullMarked;
