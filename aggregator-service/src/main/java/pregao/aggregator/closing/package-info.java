/**
 * Which minutes and longer candles are open, and when they close.
 */
@NullMarked
package pregao.aggregator.closing;

import org.jspecify.annotations.NullMarked;
