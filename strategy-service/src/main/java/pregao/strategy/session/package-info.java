/**
 * What session-service is asked, which alone speaks with brokers.
 */
@NullMarked
package pregao.strategy.session;

import org.jspecify.annotations.NullMarked;
