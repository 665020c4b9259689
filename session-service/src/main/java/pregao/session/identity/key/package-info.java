/**
 * API keys: made, shown once, listed, revoked.
 */
@NullMarked
package pregao.session.identity.key;

import org.jspecify.annotations.NullMarked;
