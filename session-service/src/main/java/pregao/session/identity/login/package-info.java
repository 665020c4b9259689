/**
 * Logins: begun by a password, kept by refresh tokens, listed and ended.
 */
@NullMarked
package pregao.session.identity.login;

import org.jspecify.annotations.NullMarked;
