/**
 * Passwords: which are taken, and how they are kept and compared.
 */
@NullMarked
package pregao.session.identity.password;

import org.jspecify.annotations.NullMarked;
