/**
 * The topic {@code execution-report}: what becomes of orders at brokers.
 */
@NullMarked
package pregao.contracts.execution;

import org.jspecify.annotations.NullMarked;
