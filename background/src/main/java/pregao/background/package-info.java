/**
 * What the service does by itself, again and again, on threads of its own.
 */
@NullMarked
package pregao.background;

import org.jspecify.annotations.NullMarked;
