/**
 * The colours of candles that an analysis looks at, read in one go and remembered.
 */
@NullMarked
package pregao.strategy.catalog.candle;

import org.jspecify.annotations.NullMarked;
