/**
 * Health indicators of the service.
 */
@NullMarked
package pregao.strategy.health;

import org.jspecify.annotations.NullMarked;
