/**
 * Encryption of stored secrets, and derivation of secrets from the configured keys.
 */
@NullMarked
package pregao.session.crypto;

import org.jspecify.annotations.NullMarked;
