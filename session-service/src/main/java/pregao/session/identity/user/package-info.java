/**
 * People: how they come, what they are, how they are forgotten.
 */
@NullMarked
package pregao.session.identity.user;

import org.jspecify.annotations.NullMarked;
