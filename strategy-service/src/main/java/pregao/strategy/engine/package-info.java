/**
 * The trading logic of a bot on one instrument: the classes of the backtest, with risk
 * limits and orders around them. It is free of I/O.
 */
@NullMarked
package pregao.strategy.engine;

import org.jspecify.annotations.NullMarked;
