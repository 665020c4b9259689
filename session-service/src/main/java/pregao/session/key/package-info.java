/**
 * API keys: made, shown once, listed, revoked.
 */
@NullMarked
package pregao.session.key;

import org.jspecify.annotations.NullMarked;
