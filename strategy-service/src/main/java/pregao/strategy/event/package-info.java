/**
 * The ledger's events, kept in order and published.
 */
@NullMarked
package pregao.strategy.event;

import org.jspecify.annotations.NullMarked;
