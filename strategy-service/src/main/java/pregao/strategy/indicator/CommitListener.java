package pregao.strategy.indicator;

import pregao.strategy.ledger.LedgerTransaction;

/**
 * Called after a trading transaction has committed, to publish its events and to send its
 * orders.
 */
@FunctionalInterface
interface CommitListener {

    void afterCommit(LedgerTransaction ledger);

}
