/**
 * Ticks, which are kept by minute until they are stored.
 */
@NullMarked
package pregao.aggregator.tick;

import org.jspecify.annotations.NullMarked;
