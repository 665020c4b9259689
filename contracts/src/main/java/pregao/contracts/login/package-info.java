/**
 * Logins that have ended.
 */
@NullMarked
package pregao.contracts.login;

import org.jspecify.annotations.NullMarked;
