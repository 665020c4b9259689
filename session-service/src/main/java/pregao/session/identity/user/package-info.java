/**
 * Users: registration, roles and erasure.
 */
@NullMarked
package pregao.session.identity.user;

import org.jspecify.annotations.NullMarked;
