/**
 * The transactional outbox of the events of the ledger.
 */
@NullMarked
package pregao.strategy.outbox;

import org.jspecify.annotations.NullMarked;
