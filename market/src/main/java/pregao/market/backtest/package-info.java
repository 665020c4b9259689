/**
 * What a strategy would have done, by the classes that trade.
 */
@NullMarked
package pregao.market.backtest;

import org.jspecify.annotations.NullMarked;
