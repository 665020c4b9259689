/**
 * What browsers are told: allowed origins and security headers.
 */
@NullMarked
package pregao.gateway.client;

import org.jspecify.annotations.NullMarked;
