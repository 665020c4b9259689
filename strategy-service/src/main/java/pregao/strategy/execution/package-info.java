/**
 * Sends orders to brokers through session-service, and applies the outcomes.
 */
@NullMarked
package pregao.strategy.execution;

import org.jspecify.annotations.NullMarked;
