/**
 * The ticks of a minute, each once and in order.
 */
@NullMarked
package pregao.market.tick;

import org.jspecify.annotations.NullMarked;
