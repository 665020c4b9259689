/**
 * Who may call what.
 */
@NullMarked
package pregao.session.access;

import org.jspecify.annotations.NullMarked;
