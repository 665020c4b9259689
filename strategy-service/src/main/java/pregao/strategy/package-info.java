/**
 * The application class of strategy-service: pattern catalog, backtests, bots, orders and
 * the ledger.
 */
@NullMarked
package pregao.strategy;

import org.jspecify.annotations.NullMarked;
