/**
 * API keys: creation, listing and revocation.
 */
@NullMarked
package pregao.session.identity.key;

import org.jspecify.annotations.NullMarked;
