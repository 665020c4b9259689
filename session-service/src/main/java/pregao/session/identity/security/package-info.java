/**
 * Who may call what.
 */
@NullMarked
package pregao.session.identity.security;

import org.jspecify.annotations.NullMarked;
