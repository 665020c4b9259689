/**
 * The connection to Redis, and what outside programs find there: prices, positions,
 * status, and channels of trades and signals.
 */
@NullMarked
package pregao.strategy.redis;

import org.jspecify.annotations.NullMarked;
