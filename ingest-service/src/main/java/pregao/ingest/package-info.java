/**
 * Takes candles and ticks, answers item by item, never loses what it acknowledged.
 */
@NullMarked
package pregao.ingest;

import org.jspecify.annotations.NullMarked;
