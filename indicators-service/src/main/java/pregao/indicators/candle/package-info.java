/**
 * The candles that indicators are made of, as the database has them.
 */
@NullMarked
package pregao.indicators.candle;

import org.jspecify.annotations.NullMarked;
