/**
 * The topic {@code order}: what happens to orders.
 */
@NullMarked
package pregao.contracts.order;

import org.jspecify.annotations.NullMarked;
