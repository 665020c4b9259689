/**
 * What is kept encrypted, and the key that does it.
 */
@NullMarked
package pregao.session.crypto;

import org.jspecify.annotations.NullMarked;
