package pregao.session.broker.binance;

import java.time.Instant;

import pregao.contracts.Prices;

/**
 * A tick: the best prices of a symbol at a point in time, and the price of the trade if
 * there was one.
 *
 * @param time the server time, in whole milliseconds
 * @param bid the best bid price, units of 1e-8
 * @param ask the best ask price, units of 1e-8
 * @param last the price of the trade, units of 1e-8, or 0 if the tick isn't a trade
 */
public record MarketTick(Instant time, long bid, long ask, long last) {

    public MarketTick {
        Prices.checked(bid, "bid");
        Prices.checked(ask, "ask");
        if (last != 0) {
            Prices.checked(last, "last");
        }
    }

}
