/**
 * What outside programs find in Redis: prices, positions, status, and channels of trades
 * and signals. Nothing here reads it back.
 */
@NullMarked
package pregao.strategy.echo;

import org.jspecify.annotations.NullMarked;
