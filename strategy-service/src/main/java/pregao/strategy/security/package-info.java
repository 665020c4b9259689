/**
 * Who may call what.
 */
@NullMarked
package pregao.strategy.security;

import org.jspecify.annotations.NullMarked;
