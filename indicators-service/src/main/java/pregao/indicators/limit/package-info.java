/**
 * Limits for concurrent reads.
 */
@NullMarked
package pregao.indicators.limit;

import org.jspecify.annotations.NullMarked;
