/**
 * Reads and caches the candle colors that analyses evaluate.
 */
@NullMarked
package pregao.strategy.catalog.candle;

import org.jspecify.annotations.NullMarked;
