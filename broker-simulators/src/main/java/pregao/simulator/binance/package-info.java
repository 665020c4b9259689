/**
 * A broker that speaks the protocol of Binance's spot test network on this machine only,
 * and misbehaves when told to.
 */
@NullMarked
package pregao.simulator.binance;

import org.jspecify.annotations.NullMarked;
