/**
 * Computes indicators and serves market data.
 */
@NullMarked
package pregao.indicators;

import org.jspecify.annotations.NullMarked;
