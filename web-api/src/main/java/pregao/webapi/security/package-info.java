/**
 * Whose token it is.
 */
@NullMarked
package pregao.webapi.security;

import org.jspecify.annotations.NullMarked;
