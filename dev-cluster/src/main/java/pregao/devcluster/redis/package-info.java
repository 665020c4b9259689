/**
 * Redis on this machine, which may vanish at any moment.
 */
@NullMarked
package pregao.devcluster.redis;

import org.jspecify.annotations.NullMarked;
