/**
 * Candles as the database holds them.
 */
@NullMarked
package pregao.pipeline.candle;

import org.jspecify.annotations.NullMarked;
