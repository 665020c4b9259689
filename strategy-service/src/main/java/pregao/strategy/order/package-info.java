/**
 * Orders and their states.
 */
@NullMarked
package pregao.strategy.order;

import org.jspecify.annotations.NullMarked;
