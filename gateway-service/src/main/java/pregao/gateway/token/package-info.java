/**
 * Tokens that the gateway issues for API keys, verification of user tokens, and the
 * public keys of both.
 */
@NullMarked
package pregao.gateway.token;

import org.jspecify.annotations.NullMarked;
