/**
 * Strategies tried on candles that are past: alone, by the thousand, in folds, and on
 * options, as jobs whose reports are kept.
 */
@NullMarked
package pregao.strategy.backtest;

import org.jspecify.annotations.NullMarked;
