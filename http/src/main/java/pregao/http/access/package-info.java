/**
 * Whose token it is.
 */
@NullMarked
package pregao.http.access;

import org.jspecify.annotations.NullMarked;
