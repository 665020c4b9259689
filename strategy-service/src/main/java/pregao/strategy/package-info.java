/**
 * The catalogue, backtests, bots and the ledger of orders.
 */
@NullMarked
package pregao.strategy;

import org.jspecify.annotations.NullMarked;
