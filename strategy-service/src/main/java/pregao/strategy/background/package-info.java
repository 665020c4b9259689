/**
 * What the service does by itself, again and again, on threads of its own.
 */
@NullMarked
package pregao.strategy.background;

import org.jspecify.annotations.NullMarked;
