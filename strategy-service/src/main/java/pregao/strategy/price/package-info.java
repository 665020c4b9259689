/**
 * The last price of every instrument, for outside programs.
 */
@NullMarked
package pregao.strategy.price;

import org.jspecify.annotations.NullMarked;
