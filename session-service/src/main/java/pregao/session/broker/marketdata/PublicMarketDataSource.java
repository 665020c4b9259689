package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.binance.MarketDataClient;

/**
 * A source of public market data, which needs no account.
 *
 * @param market the client of the market
 */
record PublicMarketDataSource(MarketDataClient market) implements MarketDataSource {

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol) {
        return this.market.streamCandles(symbol, StreamCursor.MINUTE_SECONDS);
    }

    /** A kline with {@code "x": true} equals the candle in the history. */
    @Override
    public boolean hasAuthoritativeFinalCandles() {
        return true;
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.market.candles(symbol, seconds, from, to);
    }

}
