/**
 * What goes out: candles, stored through the one door and then published.
 */
@NullMarked
package pregao.aggregator.candle;

import org.jspecify.annotations.NullMarked;
