package pregao.session.broker.marketdata;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.TokenBucket;

/**
 * A source that belongs to one user and serves all users: within a budget, and until the
 * owner withdraws the consent.
 *
 * @param source the source of the owner
 * @param budget the budget of all shared sources of a broker together
 * @param withdrawn completes when the source must not be used any more
 */
record SharedMarketDataSource(MarketDataSource source, TokenBucket budget,
        Mono<Void> withdrawn) implements MarketDataSource {

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol) {
        return awaitPermit().thenMany(this.source.streamCandles(symbol)).takeUntilOther(this.withdrawn);
    }

    @Override
    public boolean hasAuthoritativeFinalCandles() {
        return this.source.hasAuthoritativeFinalCandles();
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return awaitPermit().then(this.source.candles(symbol, seconds, from, to));
    }

    private Mono<Void> awaitPermit() {
        return Mono.defer(() -> {
            long delayNanos = this.budget.reservePermit(System.nanoTime());
            return (delayNanos > 0) ? Mono.delay(Duration.ofNanos(delayNanos)).then() : Mono.empty();
        });
    }

}
