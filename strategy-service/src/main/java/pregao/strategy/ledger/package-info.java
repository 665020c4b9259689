/**
 * What one transaction does to accounts, orders, trades and positions.
 */
@NullMarked
package pregao.strategy.ledger;

import org.jspecify.annotations.NullMarked;
