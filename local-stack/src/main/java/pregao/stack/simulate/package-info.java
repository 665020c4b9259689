/**
 * A random market that trades live through the HTTP API.
 */
@NullMarked
package pregao.stack.simulate;

import org.jspecify.annotations.NullMarked;
