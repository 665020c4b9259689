/**
 * Security headers of responses.
 */
@NullMarked
package pregao.gateway.headers;

import org.jspecify.annotations.NullMarked;
