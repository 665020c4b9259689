/**
 * Options that pay or do not: what one brings, and the cycles of entries that follow lost
 * ones.
 */
@NullMarked
package pregao.market.option;

import org.jspecify.annotations.NullMarked;
