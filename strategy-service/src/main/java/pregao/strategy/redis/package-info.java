/**
 * The Redis client, and the data for external programs: prices, positions, status, and
 * channels of trades and signals.
 */
@NullMarked
package pregao.strategy.redis;

import org.jspecify.annotations.NullMarked;
