/**
 * The log of what happened that matters to security.
 */
@NullMarked
package pregao.session.identity.audit;

import org.jspecify.annotations.NullMarked;
