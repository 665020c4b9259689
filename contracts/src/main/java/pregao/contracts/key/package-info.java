/**
 * API keys, hashed.
 */
@NullMarked
package pregao.contracts.key;

import org.jspecify.annotations.NullMarked;
