/**
 * How good stored candles are: what is missing while the market is open, how late they
 * are, and whether the feed's clock is what its settings say.
 */
@NullMarked
package pregao.market.quality;

import org.jspecify.annotations.NullMarked;
