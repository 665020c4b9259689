/**
 * Who may call what.
 */
@NullMarked
package pregao.strategy.access;

import org.jspecify.annotations.NullMarked;
