/**
 * One-minute tokens the gateway signs in place of an API key, and the public key to check
 * them by.
 */
@NullMarked
package pregao.gateway.token;

import org.jspecify.annotations.NullMarked;
