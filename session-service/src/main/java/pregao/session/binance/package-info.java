/**
 * The client of Binance's spot market, by default of its test network.
 */
@NullMarked
package pregao.session.binance;

import org.jspecify.annotations.NullMarked;
