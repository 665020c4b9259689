/**
 * Audit log of security-relevant events.
 */
@NullMarked
package pregao.session.identity.audit;

import org.jspecify.annotations.NullMarked;
