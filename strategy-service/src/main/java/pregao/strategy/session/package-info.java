/**
 * The client of session-service, which alone connects to brokers.
 */
@NullMarked
package pregao.strategy.session;

import org.jspecify.annotations.NullMarked;
