/**
 * Buying and selling an amount: what a position costs, when it is given up, and what it
 * brought. The same classes fill in a backtest and on paper.
 */
@NullMarked
package pregao.market.spot;

import org.jspecify.annotations.NullMarked;
