package pregao.strategy.indicator;

import pregao.strategy.ledger.LedgerTransaction;

/**
 * Hears of a transaction that is through: publishes its events, and sends its orders.
 */
@FunctionalInterface
interface CommitListener {

    void afterCommit(LedgerTransaction ledger);

}
