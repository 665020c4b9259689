/**
 * Which candles are believed beside their neighbours in time.
 */
@NullMarked
package pregao.market.quality;

import org.jspecify.annotations.NullMarked;
