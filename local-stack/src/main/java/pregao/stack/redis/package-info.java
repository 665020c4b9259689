/**
 * Redis on this machine, which may vanish at any moment.
 */
@NullMarked
package pregao.stack.redis;

import org.jspecify.annotations.NullMarked;
