package pregao.session.broker.marketdata;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.FakeIngest;
import pregao.session.broker.polarium.PolariumSimulatorExtension;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceStream} at the simulator, where a minute takes two seconds.
 */
class PriceStreamTests {

    private static final int SPEED = 30;

    private static final Duration HISTORY = Duration.ofHours(2);

    private final InstantSource clock = createFastClock();

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension(this.clock);

    private final FakeIngest ingest = new FakeIngest();

    private final LeaseValidity leaseValidity = new LeaseValidity();

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final AtomicReference<@Nullable Throwable> termination = new AtomicReference<>();

    private BrokerSession session;

    private PriceStream stream;

    @BeforeEach
    void open() {
        this.session = this.polarium.openSession();
        this.leaseValidity.confirm(System.nanoTime() + Duration.ofMinutes(10).toNanos());
        this.stream = startStream();
    }

    private PriceStream startStream() {
        PriceStream newStream = createStream(new SessionMarketDataSource(this.session), this.ingest);
        this.backgroundTasks.run(newStream.run(() -> {
        }), this.termination::set);
        return newStream;
    }

    private PriceStream createStream(MarketDataSource source, FakeIngest fakeIngest) {
        return new PriceStream(PolariumSimulatorExtension.SYMBOL, source,
                new StreamContext(FakeIngest.KEY, fakeIngest.createClient(), this.leaseValidity,
                        new MarketDataMetrics(new SimpleMeterRegistry(), "polarium"), HISTORY, this.clock));
    }

    @AfterEach
    void close() {
        this.backgroundTasks.cancelAll();
        this.polarium.close();
        this.ingest.close();
    }

    @Test
    void storesTheHistoryAndThenEachClosedCandleAsTheBrokerHasIt() {
        awaitClosed("the history", 120);
        awaitClosed("two candles more", 122);
        assertNothingLost();
    }

    @Test
    void tellsTheFormingCandleBetweenTheClosedOnes() {
        PolariumSimulatorExtension.await("a forming candle", () -> this.stream.pollForming().isPresent());
        CandlePayload candlePayload = nextForming();
        assertThat(candlePayload.complete()).isFalse();
        assertThat(this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL))
            .doesNotContainKey(candlePayload.candle().from());
        assertThat(this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL))
            .containsKey(candlePayload.candle().from() - 60);
    }

    private CandlePayload nextForming() {
        AtomicReference<Optional<CandlePayload>> payload = new AtomicReference<>(Optional.empty());
        PolariumSimulatorExtension.await("a forming candle", () -> {
            payload.set(this.stream.pollForming());
            return payload.get().isPresent();
        });
        return payload.get().orElseThrow();
    }

    @Test
    void losesNoClosedCandleWhereTheConnectionDrops() {
        awaitClosed("the history", 120);
        this.polarium.simulator().control("/control/drop");
        awaitMore("three candles after the drop", 3);
        assertNothingLost();
    }

    @Test
    void losesNoClosedCandleWhereTheConnectionIsHalfOpen() {
        awaitClosed("the history", 120);
        this.polarium.simulator().arm(Fault.HALF_OPEN);
        awaitMore("five candles after the silence", 5);
        assertThat(this.polarium.simulator().isCalm()).isTrue();
        assertNothingLost();
    }

    @Test
    void losesNoClosedCandleThatTheStreamLeavesOut() {
        awaitClosed("the history", 120);
        this.polarium.simulator().arm(Fault.STREAM_GAP, 1, 2);
        awaitMore("five candles after the gap", 5);
        assertNothingLost();
    }

    @Test
    void losesNoClosedCandleWhileIngestIsAway() {
        awaitClosed("the history", 120);
        this.ingest.stop();
        long until = this.clock.instant().getEpochSecond() + 180;
        PolariumSimulatorExtension.await("three minutes to pass", () -> this.clock.instant().getEpochSecond() > until);
        int before = this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size();
        this.ingest.start();
        awaitClosed("what was missed", before + 3);
        assertNothingLost();
    }

    @Test
    void goesOnWhereAnotherReplicaStopped() {
        awaitClosed("the history", 120);
        this.backgroundTasks.cancelAll();
        long until = this.clock.instant().getEpochSecond() + 180;
        PolariumSimulatorExtension.await("three minutes to pass", () -> this.clock.instant().getEpochSecond() > until);
        int before = this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size();
        BackgroundTasks secondTasks = new BackgroundTasks();
        secondTasks.run(createStream(new SessionMarketDataSource(this.session), this.ingest).run(() -> {
        }), this.termination::set);
        awaitClosed("what was missed", before + 3);
        secondTasks.cancelAll();
        assertNothingLost();
    }

    @Test
    void storesTheHistoryBeforeAnyCandleCloses() {
        BackgroundTasks tasks = new BackgroundTasks();
        try (FakeIngest otherIngest = new FakeIngest()) {
            tasks.run(createStream(new Quiet(this.session), otherIngest).run(() -> {
            }), this.termination::set);
            PolariumSimulatorExtension.await("the history",
                    () -> otherIngest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 120);
        }
        tasks.cancelAll();
        assertThat(this.termination.get()).isNull();
    }

    @Test
    void sendsNothingOnceTheFeedMayBeAnothers() {
        awaitClosed("the history", 120);
        this.leaseValidity.invalidate();
        PolariumSimulatorExtension.await("the end of the stream",
                () -> this.termination.get() instanceof LeaseLostException);
    }

    @Test
    void endsWithItsSession() {
        awaitClosed("the history", 120);
        this.session.close().block(PolariumSimulatorExtension.REQUEST_TIMEOUT);
        PolariumSimulatorExtension.await("the end of the stream", () -> this.termination.get() != null);
    }

    private void awaitMore(String what, int more) {
        awaitClosed(what, this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() + more);
    }

    private void awaitClosed(String what, int count) {
        PolariumSimulatorExtension.await(what,
                () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() >= count);
    }

    /** Asserts that each minute is stored as the broker reports it. */
    private void assertNothingLost() {
        NavigableMap<Long, JsonNode> stored = this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL);
        List<BrokerCandle> expected = PolariumSimulatorExtension.result(this.polarium.openSession()
            .candles(PolariumSimulatorExtension.SYMBOL, 60, Instant.ofEpochSecond(stored.firstKey()),
                    Instant.ofEpochSecond(stored.lastKey() + 60)));
        assertThat(stored.keySet()).containsExactlyElementsOf(expected.stream().map(BrokerCandle::from).toList());
        for (BrokerCandle candle : expected) {
            JsonNode item = Objects.requireNonNull(stored.get(candle.from()));
            assertThat(item.path("close").asString()).as("the close of %s", item)
                .isEqualTo(Prices.toText(candle.close()));
            assertThat(item.path("high").asString()).isEqualTo(Prices.toText(candle.high()));
            assertThat(item.path("low").asString()).isEqualTo(Prices.toText(candle.low()));
        }
        assertThat(this.termination.get()).isNull();
    }

    /** A source with a history and a silent stream. */
    private record Quiet(BrokerSession session) implements MarketDataSource {

        @Override
        public Flux<CandleUpdate> streamCandles(String symbol) {
            return Flux.never();
        }

        @Override
        public boolean hasAuthoritativeFinalCandles() {
            return false;
        }

        @Override
        public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
            return this.session.candles(symbol, seconds, from, to);
        }

    }

    private static InstantSource createFastClock() {
        Instant start = Clock.systemUTC().instant();
        long startNanos = System.nanoTime();
        return () -> start.plusNanos((System.nanoTime() - startNanos) * SPEED);
    }

}
