/**
 * How everything of one person stands.
 */
@NullMarked
package pregao.strategy.status;

import org.jspecify.annotations.NullMarked;
