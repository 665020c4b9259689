package pregao.ingest.candle;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.feed.BucketGrid;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.kafka.KafkaUnavailableException;
import pregao.ingest.kafka.RecordPublisher;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Service that stores candles durably in the database and publishes them. If Kafka is
 * unavailable, the sender does not wait: {@link OutboxRelay} publishes the candles later.
 */
@Component
public class CandleIngestService {

    private static final Logger log = LoggerFactory.getLogger(CandleIngestService.class);

    private static final Duration STORE_TIMEOUT = Duration.ofMillis(2500);

    private static final Duration PUBLISH_TIMEOUT = Duration.ofMillis(900);

    private final CandleRepository candleRepository;

    private final RecordPublisher publisher;

    private final PublishedRowQueue rowQueue;

    private final CandleMetrics metrics;

    private final FeedRegistry feedRegistry;

    private final Clock clock;

    private final CircuitBreaker circuitBreaker;

    CandleIngestService(CandleRepository candleRepository, RecordPublisher publisher, PublishedRowQueue rowQueue,
            CircuitBreakerRegistry circuitBreakerRegistry, CandleMetrics metrics, FeedRegistry feedRegistry,
            Clock clock) {
        this.metrics = metrics;
        this.feedRegistry = feedRegistry;
        this.clock = clock;
        this.candleRepository = candleRepository;
        this.publisher = publisher;
        this.rowQueue = rowQueue;
        this.circuitBreaker = circuitBreakerRegistry.circuitBreaker(PublishCircuitBreaker.NAME);
    }

    /**
     * Stores candles and publishes the changes.
     * @param candles the candles, all of one feed
     * @param owner the owner of the API key
     * @return the result of each candle, in the same order, or an
     * {@link IngestException}: 503 if the database fails or does not respond in time
     */
    Mono<CandleWriteResult> store(ProvidedCandles candles, String owner) {
        if (candles.candles().isEmpty()) {
            return Mono.just(CandleWriteResult.NOTHING);
        }
        return withTimeout(this.candleRepository.upsert(candles, owner))
            .flatMap((result) -> publish(result).thenReturn(result));
    }

    /**
     * Releases a candle from quarantine. Repeated calls have no effect.
     * @param feed the required feed of the candle
     * @param id the ID of the candle in quarantine
     * @param user the user who releases it
     * @return the candle as stored, or empty if there is none
     */
    public Mono<QuarantinedCandle> release(String feed, long id, String user) {
        BucketGrid grid = this.feedRegistry.getFeed(feed).grid();
        return withTimeout(this.candleRepository.release(feed, id, user, grid, this.clock.millis()))
            .flatMap((released) -> {
                this.metrics.countReleased(released.first());
                return publish(released.stored()).thenReturn(released.candle());
            });
    }

    /**
     * Undoes the release of a candle. Repeated calls have no effect.
     * @param feed the required feed of the candle
     * @param id the ID of the candle in quarantine
     * @return the candle, in quarantine again, or empty if there is none
     */
    public Mono<QuarantinedCandle> undoRelease(String feed, long id) {
        return withTimeout(this.candleRepository.undoRelease(feed, id)).flatMap((undone) -> {
            return publish(undone.stored()).thenReturn(undone.candle());
        });
    }

    /**
     * Accepts a conflict. Repeated calls have no effect.
     * @param feed the required feed of the conflict
     * @param id the ID of the conflict
     * @param user the user who accepts it
     * @return the conflict, or empty if there is none
     */
    public Mono<StoredConflict> acceptConflict(String feed, long id, String user) {
        return withTimeout(this.candleRepository.acceptConflict(feed, id, user))
            .flatMap((accepted) -> publish(accepted.stored()).thenReturn(accepted.conflict()));
    }

    private static <T> Mono<T> withTimeout(Mono<T> operation) {
        return operation.timeout(STORE_TIMEOUT)
            .onErrorMap(TimeoutException.class, (ex) -> unavailable("the database did not answer in time", ex))
            .onErrorMap(R2dbcException.class, (ex) -> unavailable("the database did not take the candles", ex));
    }

    private Mono<Void> publish(CandleWriteResult result) {
        if (result.outboxId() == 0) {
            return Mono.empty();
        }
        return this.publisher.publish(result.changed(), () -> this.rowQueue.addAcknowledged(result.outboxId()))
            .timeout(PUBLISH_TIMEOUT)
            .transformDeferred(CircuitBreakerOperator.of(this.circuitBreaker))
            .onErrorResume(CandleIngestService::isDeferrable, (failure) -> {
                this.rowQueue.handOver(result.outboxId());
                log.debug("Row {} of the outbox is published later: {}", result.outboxId(), failure.toString());
                return Mono.empty();
            });
    }

    private static boolean isDeferrable(Throwable failure) {
        return failure instanceof KafkaUnavailableException || failure instanceof RejectedExecutionException
                || failure instanceof TimeoutException || failure instanceof CallNotPermittedException;
    }

    private static IngestException unavailable(String detail, Throwable cause) {
        return IngestException.retryLater(ProblemType.UNAVAILABLE, detail, cause);
    }

}
