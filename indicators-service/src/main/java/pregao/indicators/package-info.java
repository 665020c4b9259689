/**
 * Serves market data to readers.
 */
@NullMarked
package pregao.indicators;

import org.jspecify.annotations.NullMarked;
