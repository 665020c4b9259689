/**
 * One-minute tokens the gateway signs in place of an API key, people's tokens that it
 * checks, and the public keys to check both by.
 */
@NullMarked
package pregao.gateway.token;

import org.jspecify.annotations.NullMarked;
