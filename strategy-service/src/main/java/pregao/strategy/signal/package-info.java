/**
 * The decisions of bots.
 */
@NullMarked
package pregao.strategy.signal;

import org.jspecify.annotations.NullMarked;
