/**
 * What was read or computed before, in memory and in Redis; either may be lost at any
 * moment.
 */
@NullMarked
package pregao.strategy.catalog.cache;

import org.jspecify.annotations.NullMarked;
