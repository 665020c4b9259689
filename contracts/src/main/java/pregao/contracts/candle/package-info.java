/**
 * What the aggregator says to all: candles.
 */
@NullMarked
package pregao.contracts.candle;

import org.jspecify.annotations.NullMarked;
