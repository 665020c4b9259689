/**
 * Generated passwords and keys, kept where only their owner can read them.
 */
@NullMarked
package pregao.devcluster.secret;

import org.jspecify.annotations.NullMarked;
