/**
 * Open positions.
 */
@NullMarked
package pregao.strategy.position;

import org.jspecify.annotations.NullMarked;
