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
 * A source that is somebody's and serves everybody: within a budget, and until its person
 * does not want that any more.
 *
 * @param source theirs
 * @param budget of all shared sources of a broker together
 * @param withdrawn ends when it is not to be used any more
 */
record SharedMarketDataSource(MarketDataSource source, TokenBucket budget,
        Mono<Void> withdrawn) implements MarketDataSource {

    @Override
    public Flux<CandleUpdate> stream(String symbol) {
        return paid().thenMany(this.source.stream(symbol)).takeUntilOther(this.withdrawn);
    }

    @Override
    public boolean closesWhole() {
        return this.source.closesWhole();
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return paid().then(this.source.candles(symbol, seconds, from, to));
    }

    private Mono<Void> paid() {
        return Mono.defer(() -> {
            long wait = this.budget.reservePermit(System.nanoTime());
            return (wait > 0) ? Mono.delay(Duration.ofNanos(wait)).then() : Mono.empty();
        });
    }

}
