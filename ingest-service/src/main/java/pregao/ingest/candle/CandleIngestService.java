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
 * Where candles are durable: the database. Publishing follows at once, or later by the
 * thread of the outbox; the sender need not wait for a Kafka that is away.
 */
@Component
public class CandleIngestService {

    private static final Logger log = LoggerFactory.getLogger(CandleIngestService.class);

    private static final Duration STORING = Duration.ofMillis(2500);

    private static final Duration PUBLISHING = Duration.ofMillis(900);

    private final CandleRepository door;

    private final RecordPublisher publisher;

    private final PublishedRowQueue published;

    private final CandleMetrics meters;

    private final FeedRegistry feeds;

    private final Clock clock;

    private final CircuitBreaker circuit;

    CandleIngestService(CandleRepository door, RecordPublisher publisher, PublishedRowQueue published,
            CircuitBreakerRegistry circuits, CandleMetrics meters, FeedRegistry feeds, Clock clock) {
        this.meters = meters;
        this.feeds = feeds;
        this.clock = clock;
        this.door = door;
        this.publisher = publisher;
        this.published = published;
        this.circuit = circuits.circuitBreaker(PublishCircuitBreaker.PUBLISHING);
    }

    /**
     * Makes candles durable.
     * @param sent of one feed
     * @param owner who has the key they came with
     * @return what became of each, in their order
     */
    Mono<CandleWriteResult> store(ProvidedCandles sent, String owner) {
        if (sent.candles().isEmpty()) {
            return Mono.just(CandleWriteResult.NOTHING);
        }
        return withTimeout(this.door.put(sent, owner)).flatMap((stored) -> publish(stored).thenReturn(stored));
    }

    /**
     * Lets a candle out of quarantine; the second time changes nothing.
     * @param feed it must be of
     * @param id its number
     * @param user who releases it
     * @return the candle as stored, or nothing where there is none of that number
     */
    public Mono<QuarantinedCandle> release(String feed, long id, String user) {
        BucketGrid grid = this.feeds.getFeed(feed).grid();
        return withTimeout(this.door.release(feed, id, user, grid, this.clock.millis())).flatMap((released) -> {
            this.meters.countReleased(released.first());
            return publish(released.stored()).thenReturn(released.candle());
        });
    }

    /**
     * Takes a release back; the second time changes nothing.
     * @param feed it must be of
     * @param id its number
     * @return the candle as it is held again, or nothing where there is none of that
     * number
     */
    public Mono<QuarantinedCandle> undoRelease(String feed, long id) {
        return withTimeout(this.door.undoRelease(feed, id)).flatMap((undone) -> {
            return publish(undone.stored()).thenReturn(undone.candle());
        });
    }

    /**
     * Accepts a conflict; the second time changes nothing.
     * @param feed it must be of
     * @param id its number
     * @param user who accepts it
     * @return the conflict, or nothing where there is none of that number
     */
    public Mono<StoredConflict> accept(String feed, long id, String user) {
        return withTimeout(this.door.accept(feed, id, user))
            .flatMap((accepted) -> publish(accepted.stored()).thenReturn(accepted.conflict()));
    }

    private static <T> Mono<T> withTimeout(Mono<T> storing) {
        return storing.timeout(STORING)
            .onErrorMap(TimeoutException.class, (ex) -> unavailable("the database did not answer in time", ex))
            .onErrorMap(R2dbcException.class, (ex) -> unavailable("the database did not take the candles", ex));
    }

    private Mono<Void> publish(CandleWriteResult stored) {
        if (stored.outboxId() == 0) {
            return Mono.empty();
        }
        return this.publisher.publish(stored.changed(), () -> this.published.add(stored.outboxId()))
            .timeout(PUBLISHING)
            .transformDeferred(CircuitBreakerOperator.of(this.circuit))
            .onErrorResume(CandleIngestService::isDeferrable, (failure) -> {
                this.published.hand(stored.outboxId());
                log.debug("Row {} of the outbox is published later: {}", stored.outboxId(), failure.toString());
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
