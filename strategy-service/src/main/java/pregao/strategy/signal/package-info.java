/**
 * What strategies decide.
 */
@NullMarked
package pregao.strategy.signal;

import org.jspecify.annotations.NullMarked;
