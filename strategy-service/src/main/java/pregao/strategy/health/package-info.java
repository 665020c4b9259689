/**
 * Whether the service can do its work.
 */
@NullMarked
package pregao.strategy.health;

import org.jspecify.annotations.NullMarked;
