/**
 * How candles are folded, and which of two candles of one bucket stands.
 */
@NullMarked
package pregao.market.candle;

import org.jspecify.annotations.NullMarked;
