/**
 * Second factor: TOTP codes of an authenticator app, and ten recovery codes.
 */
@NullMarked
package pregao.session.identity.totp;

import org.jspecify.annotations.NullMarked;
