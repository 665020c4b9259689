/**
 * Publishes the last price of every instrument for external programs.
 */
@NullMarked
package pregao.strategy.price;

import org.jspecify.annotations.NullMarked;
