/**
 * Closed trades.
 */
@NullMarked
package pregao.strategy.trade;

import org.jspecify.annotations.NullMarked;
