package pregao.ingest.candle;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.kafka.OutboundRecord;
import pregao.ingest.kafka.RecordPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CandleIngestService} with a Kafka that does not respond.
 */
class CandleIngestServiceTests {

    private static final Duration MAX_WAIT = Duration.ofMillis(900);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

    private final MockProducer<String, byte[]> producer = new MockProducer<>(false, null, new StringSerializer(),
            new ByteArraySerializer());

    private final PublishedRowQueue rowQueue = new PublishedRowQueue();

    private final CircuitBreakerRegistry circuitBreakerRegistry = PublishCircuitBreaker.createRegistry();

    private final CircuitBreaker circuitBreaker = this.circuitBreakerRegistry
        .circuitBreaker(PublishCircuitBreaker.NAME);

    private final CandleIngestService ingestService = new CandleIngestService(new Door(),
            new RecordPublisher(this.producer), this.rowQueue, this.circuitBreakerRegistry,
            new CandleMetrics(new SimpleMeterRegistry()), new FeedRegistry(), Clock.systemUTC());

    @AfterEach
    void timeIsReal() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void waitsOnceForUnavailableKafkaThenHandsRowsOver() {
        assertThat(measureWait()).isEqualTo(MAX_WAIT);
        assertThat(this.rowQueue.drainHandedOver(9)).containsExactly(1L);
        assertThat(measureWait()).isLessThan(Duration.ofMillis(100));
        assertThat(this.rowQueue.drainHandedOver(9)).containsExactly(2L);
        assertThat(this.circuitBreaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void failsOnErrorOfTheService() {
        CandleIngestService broken = new CandleIngestService(new Door(), new RecordPublisher(this.producer) {
            @Override
            public Mono<Void> publish(List<OutboundRecord> messages, Runnable acknowledged) {
                return Mono.error(new IllegalStateException("a fault"));
            }
        }, this.rowQueue, PublishCircuitBreaker.createRegistry(), new CandleMetrics(new SimpleMeterRegistry()),
                new FeedRegistry(), Clock.systemUTC());
        StepVerifier.create(broken.store(Door.SENT, "tester"))
            .expectErrorMessage("a fault")
            .verify(Duration.ofSeconds(30));
    }

    @Test
    void stopsSendingAfterCancellation() {
        this.ingestService.store(Door.SENT, "tester").subscribe().dispose();
        assertThat(this.circuitBreaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void waitsForKafkaAgainAfterRecovery() {
        measureWait();
        this.producer.clear();
        this.circuitBreaker.transitionToHalfOpenState();
        var stored = this.ingestService.store(Door.SENT, "tester").toFuture();
        this.time.advanceTimeBy(Duration.ofMillis(1));
        this.producer.completeNext();
        this.time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(stored).isDone();
        assertThat(this.circuitBreaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);

        assertThat(measureWait()).isEqualTo(MAX_WAIT);
    }

    @Test
    void doesNotPublishAgainAfterLateAcknowledgement() {
        measureWait();
        assertThat(this.rowQueue.drainAcknowledged(9)).isEmpty();

        this.producer.completeNext();

        assertThat(this.rowQueue.drainAcknowledged(9)).containsExactly(1L);
    }

    /** Returns the time that a sender waits if Kafka never acknowledges the candle. */
    private Duration measureWait() {
        var stored = this.ingestService.store(Door.SENT, "tester").toFuture();
        Duration waited = Duration.ZERO;
        while (!stored.isDone() && waited.compareTo(Duration.ofSeconds(10)) < 0) {
            this.time.advanceTimeBy(Duration.ofMillis(10));
            waited = waited.plusMillis(10);
        }
        return waited;
    }

    /**
     * Repository that adds a row to the outbox on each call.
     */
    private static final class Door extends CandleRepository {

        static final Candle CANDLE = new Candle(new Instrument("mt5", "EURUSD"), Timeframe.M1, 0, 100, 101, 99, 100,
                BigDecimal.ONE, null, CandleSource.GIVEN, true, 0);

        static final ProvidedCandles SENT = new ProvidedCandles(List.of(CANDLE), new BitSet(), 60_000);

        private final AtomicLong rows = new AtomicLong();

        Door() {
            super(ConnectionFactories.get("r2dbc:postgresql://nobody@127.0.0.1:1/none"));
        }

        @Override
        Mono<CandleWriteResult> upsert(ProvidedCandles sent, String owner) {
            return Mono.fromSupplier(() -> new CandleWriteResult(
                    List.of(new UpsertResult(UpsertResult.Status.INSERTED, false, 1, true)), QuarantineResult.NONE,
                    List.of(new OutboundRecord(Topic.CANDLE, "mt5|EURUSD", new byte[1])), this.rows.incrementAndGet()));
        }

    }

}
