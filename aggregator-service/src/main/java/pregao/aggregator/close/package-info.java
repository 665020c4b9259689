/**
 * Which minutes and longer candles are open, and when they close.
 */
@NullMarked
package pregao.aggregator.close;

import org.jspecify.annotations.NullMarked;
