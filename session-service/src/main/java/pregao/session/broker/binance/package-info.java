/**
 * The client of Binance's spot market, by default of its test network.
 */
@NullMarked
package pregao.session.broker.binance;

import org.jspecify.annotations.NullMarked;
