package pregao.session.price;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import pregao.session.broker.BrokerCandle;
import pregao.session.broker.CandleUpdate;
import pregao.session.broker.RateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SharedSource}.
 */
class SharedSourceTests {

    private final Sinks.Empty<Void> withdrawn = Sinks.empty();

    private final SharedSource source = new SharedSource(new Theirs(), new RateLimit(1, 1), this.withdrawn.asMono());

    @Test
    void endsWhenItsPersonAgreesNoMore() {
        AtomicBoolean ended = new AtomicBoolean();
        this.source.stream("AUDCAD-OTC").doOnComplete(() -> ended.set(true)).subscribe();
        assertThat(ended).isFalse();
        this.withdrawn.tryEmitEmpty();
        assertThat(ended).isTrue();
    }

    /** Goes on for ever. */
    private static final class Theirs implements Source {

        @Override
        public Flux<CandleUpdate> stream(String symbol) {
            return Flux.never();
        }

        @Override
        public boolean closesWhole() {
            return true;
        }

        @Override
        public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
            return Mono.just(List.of());
        }

    }

}
