/**
 * API gateway, the only public entry point: routing, authentication, authorization and
 * limits.
 */
@NullMarked
package pregao.gateway;

import org.jspecify.annotations.NullMarked;
