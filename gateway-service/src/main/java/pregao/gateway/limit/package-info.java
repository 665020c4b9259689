/**
 * Limits of the request size.
 */
@NullMarked
package pregao.gateway.limit;

import org.jspecify.annotations.NullMarked;
