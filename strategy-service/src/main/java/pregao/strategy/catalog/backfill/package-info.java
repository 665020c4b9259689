/**
 * Requests the candles that analyses miss.
 */
@NullMarked
package pregao.strategy.catalog.backfill;

import org.jspecify.annotations.NullMarked;
