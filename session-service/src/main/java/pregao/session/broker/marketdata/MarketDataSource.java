package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * A source of candles for a feed: a session of a user, or a public market.
 */
public interface MarketDataSource {

    /**
     * Streams candles of one minute in real time.
     * @param symbol the symbol
     * @return the updates; completes when the source ends
     */
    Flux<CandleUpdate> streamCandles(String symbol);

    /**
     * Returns whether a final candle of the stream is complete and does not change any
     * more.
     * @return false if only the history is authoritative
     */
    boolean hasAuthoritativeFinalCandles();

    /**
     * Fetches the final candles of a time range, without gaps.
     * @param symbol the symbol
     * @param seconds the duration of a candle in seconds
     * @param from the start of the range, inclusive
     * @param to the end of the range, exclusive
     * @return the candles, oldest first; a candle that is missing is missing at the
     * broker
     */
    Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to);

}
