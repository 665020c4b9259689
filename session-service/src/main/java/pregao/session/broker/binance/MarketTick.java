package pregao.session.broker.binance;

import java.time.Instant;

import pregao.contracts.Prices;

/**
 * What a pair costs at a moment.
 *
 * @param time by the broker's clock, whole milliseconds
 * @param bid the best price that is offered, units of 1e-8
 * @param ask the best price that is asked for, units of 1e-8
 * @param last the price of the trade that happened, units of 1e-8, or 0 where none did
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
