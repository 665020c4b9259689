/**
 * Logins: started with a password, extended by refresh tokens, listed and revoked.
 */
@NullMarked
package pregao.session.identity.login;

import org.jspecify.annotations.NullMarked;
