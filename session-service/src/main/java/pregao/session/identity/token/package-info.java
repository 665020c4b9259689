/**
 * The tokens of logins, the keys that sign them, and how those change.
 */
@NullMarked
package pregao.session.identity.token;

import org.jspecify.annotations.NullMarked;
