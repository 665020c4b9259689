/**
 * Orders that a person, or an outside system of theirs, places, through the same risk
 * checks as those of bots.
 */
@NullMarked
package pregao.strategy.manualorder;

import org.jspecify.annotations.NullMarked;
