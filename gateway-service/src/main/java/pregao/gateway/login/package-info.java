/**
 * Logins that were revoked while their tokens are still valid.
 */
@NullMarked
package pregao.gateway.login;

import org.jspecify.annotations.NullMarked;
