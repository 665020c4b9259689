package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Where a feed's candles come from: somebody's session, or a market that is open to all.
 */
public interface MarketDataSource {

    /**
     * Candles of a minute as they happen.
     * @param symbol of what
     * @return ends where this source does
     */
    Flux<CandleUpdate> streamCandles(String symbol);

    /**
     * Whether a candle that a stream says is closed is the whole candle, and the last
     * word on it.
     * @return false where only the history knows
     */
    boolean hasAuthoritativeFinalCandles();

    /**
     * Closed candles of a time, whole.
     * @param symbol of what
     * @param seconds of a candle
     * @param from inclusive
     * @param to exclusive
     * @return oldest first; what is missing is missing at the broker
     */
    Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to);

}
