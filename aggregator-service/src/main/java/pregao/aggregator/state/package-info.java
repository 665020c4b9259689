/**
 * How far each partition is, moved only by its owner.
 */
@NullMarked
package pregao.aggregator.state;

import org.jspecify.annotations.NullMarked;
