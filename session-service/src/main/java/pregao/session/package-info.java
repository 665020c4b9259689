/**
 * Users, logins, API keys and feeds, and one isolated broker session a user.
 */
@NullMarked
package pregao.session;

import org.jspecify.annotations.NullMarked;
