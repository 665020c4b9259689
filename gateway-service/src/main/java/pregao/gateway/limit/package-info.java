/**
 * How large a request may be.
 */
@NullMarked
package pregao.gateway.limit;

import org.jspecify.annotations.NullMarked;
