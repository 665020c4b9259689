/**
 * Orders of a user, or of an external system of the user, with the same risk checks as
 * the orders of bots.
 */
@NullMarked
package pregao.strategy.manualorder;

import org.jspecify.annotations.NullMarked;
