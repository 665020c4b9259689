/**
 * Load on a running system, and the limit beside it.
 */
@NullMarked
package pregao.benchmark.load;

import org.jspecify.annotations.NullMarked;
