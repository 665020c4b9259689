package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;

/**
 * The prices that an account's session sees, which are the same for all users.
 *
 * @param session one that is open
 */
public record SessionMarketDataSource(BrokerSession session) implements MarketDataSource {

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol) {
        return this.session.streamCandles(symbol, StreamCursor.MINUTE_SECONDS);
    }

    /** The last update of Polarium's may be a second older than the candle's end. */
    @Override
    public boolean hasAuthoritativeFinalCandles() {
        return false;
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.session.candles(symbol, seconds, from, to);
    }

}
