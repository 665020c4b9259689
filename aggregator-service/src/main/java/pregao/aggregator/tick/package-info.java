/**
 * What comes in: ticks, kept by minute until they are stored.
 */
@NullMarked
package pregao.aggregator.tick;

import org.jspecify.annotations.NullMarked;
