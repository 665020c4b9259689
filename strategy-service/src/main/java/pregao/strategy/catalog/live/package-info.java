/**
 * Analyses that go on: recomputed with each block, the next entry announced.
 */
@NullMarked
package pregao.strategy.catalog.live;

import org.jspecify.annotations.NullMarked;
