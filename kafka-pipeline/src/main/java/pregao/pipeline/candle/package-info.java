/**
 * Candles as the database stores them.
 */
@NullMarked
package pregao.pipeline.candle;

import org.jspecify.annotations.NullMarked;
