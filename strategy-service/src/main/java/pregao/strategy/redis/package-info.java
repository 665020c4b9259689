/**
 * Redis, which may vanish at any moment: slower then, and nothing wrong.
 */
@NullMarked
package pregao.strategy.redis;

import org.jspecify.annotations.NullMarked;
