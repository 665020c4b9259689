/**
 * Orders on their way to brokers, through session-service, and what comes back.
 */
@NullMarked
package pregao.strategy.execution;

import org.jspecify.annotations.NullMarked;
