/**
 * How good stored candles are, for {@code GET /api/coverage}.
 */
@NullMarked
package pregao.indicators.coverage;

import org.jspecify.annotations.NullMarked;
