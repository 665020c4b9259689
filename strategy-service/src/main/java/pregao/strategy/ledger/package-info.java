/**
 * The changes of one transaction to accounts, orders, trades and positions.
 */
@NullMarked
package pregao.strategy.ledger;

import org.jspecify.annotations.NullMarked;
