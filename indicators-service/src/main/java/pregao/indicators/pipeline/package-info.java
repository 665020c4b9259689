/**
 * The pipeline that turns candles into indicators.
 */
@NullMarked
package pregao.indicators.pipeline;

import org.jspecify.annotations.NullMarked;
