/**
 * Candles, which are stored with {@code market.put_candles} and then published to the
 * topic {@code candle}.
 */
@NullMarked
package pregao.aggregator.candle;

import org.jspecify.annotations.NullMarked;
