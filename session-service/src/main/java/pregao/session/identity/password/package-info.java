/**
 * Passwords: rules, hashing and verification.
 */
@NullMarked
package pregao.session.identity.password;

import org.jspecify.annotations.NullMarked;
