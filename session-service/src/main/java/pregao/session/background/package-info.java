/**
 * What the service does by itself, again and again, on threads of its own.
 */
@NullMarked
package pregao.session.background;

import org.jspecify.annotations.NullMarked;
