/**
 * What a bot does on one instrument as prices come: the classes of the backtest, with
 * risk and orders around them. Pure: it reads nothing and writes nothing.
 */
@NullMarked
package pregao.strategy.engine;

import org.jspecify.annotations.NullMarked;
