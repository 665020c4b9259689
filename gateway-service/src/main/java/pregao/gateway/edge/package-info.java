/**
 * What browsers are told: allowed origins and security headers.
 */
@NullMarked
package pregao.gateway.edge;

import org.jspecify.annotations.NullMarked;
