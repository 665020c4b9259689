/**
 * The trading status of a user.
 */
@NullMarked
package pregao.strategy.status;

import org.jspecify.annotations.NullMarked;
