/**
 * Stored candles, which are read in pages and written as JSON.
 */
@NullMarked
package pregao.indicators.marketdata;

import org.jspecify.annotations.NullMarked;
