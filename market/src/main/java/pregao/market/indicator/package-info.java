/**
 * Relative strength, MACD, true range and Bollinger bands of a series of candles.
 */
@NullMarked
package pregao.market.indicator;

import org.jspecify.annotations.NullMarked;
