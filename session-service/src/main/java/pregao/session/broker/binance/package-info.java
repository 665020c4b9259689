/**
 * Client for Binance spot, by default on the test network.
 */
@NullMarked
package pregao.session.broker.binance;

import org.jspecify.annotations.NullMarked;
