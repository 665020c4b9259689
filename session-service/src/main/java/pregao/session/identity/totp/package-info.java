/**
 * The second thing that is asked for at a login: codes of an authenticator app, or one of
 * ten that were written down.
 */
@NullMarked
package pregao.session.identity.totp;

import org.jspecify.annotations.NullMarked;
