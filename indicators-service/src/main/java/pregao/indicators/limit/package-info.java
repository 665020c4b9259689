/**
 * Bounds on what readers take at once.
 */
@NullMarked
package pregao.indicators.limit;

import org.jspecify.annotations.NullMarked;
