/**
 * Keeps analyses up to date with each block, and announces the next entry.
 */
@NullMarked
package pregao.strategy.catalog.live;

import org.jspecify.annotations.NullMarked;
