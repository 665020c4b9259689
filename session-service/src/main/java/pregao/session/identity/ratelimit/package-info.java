/**
 * Rate limits of authentication attempts, which slow down attackers but not users.
 */
@NullMarked
package pregao.session.identity.ratelimit;

import org.jspecify.annotations.NullMarked;
