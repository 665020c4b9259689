/**
 * Orders: what was wanted, and what became of it.
 */
@NullMarked
package pregao.strategy.order;

import org.jspecify.annotations.NullMarked;
