/**
 * How good market data is: which candles are believed beside their neighbours, what is
 * missing and how old, and which clock it speaks for.
 */
@NullMarked
package pregao.market.dataquality;

import org.jspecify.annotations.NullMarked;
