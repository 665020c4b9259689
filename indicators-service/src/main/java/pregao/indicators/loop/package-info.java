/**
 * The loop that turns candles into indicators.
 */
@NullMarked
package pregao.indicators.loop;

import org.jspecify.annotations.NullMarked;
