package pregao.session.price;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.binance.PublicMarket;
import pregao.session.broker.BrokerCandle;
import pregao.session.broker.CandleUpdate;

/**
 * The prices of a market that needs no account.
 *
 * @param market which
 */
record MarketSource(PublicMarket market) implements Source {

    @Override
    public Flux<CandleUpdate> stream(String symbol) {
        return this.market.stream(symbol, Place.MINUTE);
    }

    /** A kline with {@code "x": true} is what the history says from then on. */
    @Override
    public boolean closesWhole() {
        return true;
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.market.candles(symbol, seconds, from, to);
    }

}
