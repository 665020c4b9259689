/**
 * The ledger's events, kept in order and published.
 */
@NullMarked
package pregao.strategy.outbox;

import org.jspecify.annotations.NullMarked;
