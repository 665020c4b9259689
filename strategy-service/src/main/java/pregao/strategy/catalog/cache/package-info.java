/**
 * Caches values in memory and in Redis; both may lose them at any time.
 */
@NullMarked
package pregao.strategy.catalog.cache;

import org.jspecify.annotations.NullMarked;
