package pregao.session.broker.marketdata;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.ingest.FakeIngest;
import pregao.session.broker.polarium.PolariumSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceStream} with a source of authoritative final candles.
 */
class WholeCandleTests {

    private static final String SYMBOL = "BTCUSDT";

    private static final long NOW = Instant.parse("2026-03-02T12:00:00Z").getEpochSecond();

    private final FakeIngest ingest = new FakeIngest();

    private final Market market = new Market();

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    @BeforeEach
    void start() {
        LeaseValidity leaseValidity = new LeaseValidity();
        leaseValidity.confirm(System.nanoTime() + Duration.ofMinutes(10).toNanos());
        InstantSource clock = () -> Instant.ofEpochSecond(NOW + 5);
        PriceStream stream = new PriceStream(SYMBOL, this.market,
                new StreamContext(FakeIngest.KEY, this.ingest.createClient(), leaseValidity,
                        new MarketDataMetrics(new SimpleMeterRegistry(), "binance"), Duration.ofMinutes(3), clock));
        this.backgroundTasks.run(stream.run(() -> {
        }), (end) -> {
        });
        awaitStored(NOW - 60);
    }

    @AfterEach
    void close() {
        this.backgroundTasks.cancelAll();
        this.ingest.close();
    }

    @Test
    void asksForNothingWhereTheStreamGaveAllThatIsMissing() {
        this.market.closeCandle(NOW);
        awaitStored(NOW);

        assertThat(Objects.requireNonNull(this.ingest.finalCandles(SYMBOL).get(NOW)).path("close").asString())
            .isEqualTo("200");
        assertThat(this.market.requests).as("the history alone").hasSize(1);
    }

    @Test
    void asksForAllWhereTheStreamLeftACandleOut() {
        this.market.closeCandle(NOW + 60);
        awaitStored(NOW + 60);

        assertThat(this.ingest.finalCandles(SYMBOL).keySet()).contains(NOW, NOW + 60);
        assertThat(this.market.requests).last().isEqualTo(NOW + " to " + (NOW + 120));
    }

    private void awaitStored(long minute) {
        PolariumSimulatorExtension.await("the minute of " + minute,
                () -> this.ingest.finalCandles(SYMBOL).containsKey(minute));
    }

    private static BrokerCandle candle(long from, long close) {
        return new BrokerCandle(from / 60, from, 60, close, close, close, close, 1);
    }

    /**
     * A market whose stream the test controls. Its close prices are 200, those of its
     * history are 100.
     */
    private static final class Market implements MarketDataSource {

        private final Sinks.Many<CandleUpdate> stream = Sinks.many().multicast().directBestEffort();

        private final List<String> requests = new CopyOnWriteArrayList<>();

        void closeCandle(long from) {
            this.stream.tryEmitNext(new CandleUpdate(candle(from, 20_000_000_000L), true)).orThrow();
        }

        @Override
        public Flux<CandleUpdate> streamCandles(String symbol) {
            return this.stream.asFlux();
        }

        @Override
        public boolean hasAuthoritativeFinalCandles() {
            return true;
        }

        @Override
        public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
            return Mono.fromSupplier(() -> {
                this.requests.add(from.getEpochSecond() + " to " + to.getEpochSecond());
                List<BrokerCandle> candles = new ArrayList<>();
                for (long time = from.getEpochSecond(); time < to.getEpochSecond(); time += seconds) {
                    candles.add(candle(time, 10_000_000_000L));
                }
                return candles;
            });
        }

    }

}
