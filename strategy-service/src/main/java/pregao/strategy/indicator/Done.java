package pregao.strategy.indicator;

import pregao.strategy.ledger.Ledger;

/**
 * Hears of a transaction that is through: publishes its events, and sends its orders.
 */
@FunctionalInterface
interface Done {

    void with(Ledger ledger);

}
