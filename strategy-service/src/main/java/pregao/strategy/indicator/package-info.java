/**
 * The consumer of candles and indicators, on which every bot decides.
 */
@NullMarked
package pregao.strategy.indicator;

import org.jspecify.annotations.NullMarked;
