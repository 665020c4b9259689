/**
 * The open candles of each instrument, and when they close.
 */
@NullMarked
package pregao.aggregator.close;

import org.jspecify.annotations.NullMarked;
