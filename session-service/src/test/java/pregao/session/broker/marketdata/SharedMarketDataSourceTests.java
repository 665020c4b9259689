package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.TokenBucket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedMarketDataSource}.
 */
class SharedMarketDataSourceTests {

    private final Sinks.Empty<Void> withdrawn = Sinks.empty();

    private final SharedMarketDataSource source = new SharedMarketDataSource(new Theirs(), new TokenBucket(1, 1),
            this.withdrawn.asMono());

    @Test
    void endsWhenItsPersonAgreesNoMore() {
        AtomicBoolean ended = new AtomicBoolean();
        this.source.streamCandles("AUDCAD-OTC").doOnComplete(() -> ended.set(true)).subscribe();
        assertThat(ended).isFalse();
        this.withdrawn.tryEmitEmpty();
        assertThat(ended).isTrue();
    }

    /** A source that never completes. */
    private static final class Theirs implements MarketDataSource {

        @Override
        public Flux<CandleUpdate> streamCandles(String symbol) {
            return Flux.never();
        }

        @Override
        public boolean hasAuthoritativeFinalCandles() {
            return true;
        }

        @Override
        public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
            return Mono.just(List.of());
        }

    }

}
