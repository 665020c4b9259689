/**
 * Health of the service and of its dependencies.
 */
@NullMarked
package pregao.session.health;

import org.jspecify.annotations.NullMarked;
