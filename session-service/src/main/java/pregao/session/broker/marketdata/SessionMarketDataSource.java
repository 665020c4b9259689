package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;

/**
 * A source of market data through the session of an account. The prices are the same for
 * all users.
 *
 * @param session an open session
 */
public record SessionMarketDataSource(BrokerSession session) implements MarketDataSource {

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol) {
        return this.session.streamCandles(symbol, StreamCursor.MINUTE_SECONDS);
    }

    /**
     * The last update of Polarium's stream may be a second older than the end of the
     * candle.
     */
    @Override
    public boolean hasAuthoritativeFinalCandles() {
        return false;
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.session.candles(symbol, seconds, from, to);
    }

}
