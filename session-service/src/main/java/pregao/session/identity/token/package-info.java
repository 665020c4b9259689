/**
 * Access tokens of logins, the keys that sign them, and the rotation of these keys.
 */
@NullMarked
package pregao.session.identity.token;

import org.jspecify.annotations.NullMarked;
