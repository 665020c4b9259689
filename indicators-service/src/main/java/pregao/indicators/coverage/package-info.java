/**
 * The data quality of stored candles, for {@code GET /api/coverage}.
 */
@NullMarked
package pregao.indicators.coverage;

import org.jspecify.annotations.NullMarked;
