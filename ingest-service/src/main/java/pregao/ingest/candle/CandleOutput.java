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
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.contracts.feed.BucketGrid;
import pregao.ingest.feed.FeedTable;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.topic.KafkaUnavailable;
import pregao.ingest.topic.Publisher;

/**
 * Where candles are durable: the database. Publishing follows at once, or later by the
 * thread of the outbox; the sender need not wait for a Kafka that is away.
 */
@Component
public class CandleOutput {

    private static final Logger log = LoggerFactory.getLogger(CandleOutput.class);

    private static final Duration STORING = Duration.ofMillis(2500);

    private static final Duration PUBLISHING = Duration.ofMillis(900);

    private final CandleDoor door;

    private final Publisher publisher;

    private final PublishedRows published;

    private final CandleMeters meters;

    private final FeedTable feeds;

    private final Clock clock;

    private final CircuitBreaker circuit;

    CandleOutput(CandleDoor door, Publisher publisher, PublishedRows published, CircuitBreakerRegistry circuits,
            CandleMeters meters, FeedTable feeds, Clock clock) {
        this.meters = meters;
        this.feeds = feeds;
        this.clock = clock;
        this.door = door;
        this.publisher = publisher;
        this.published = published;
        this.circuit = circuits.circuitBreaker(Circuits.PUBLISHING);
    }

    /**
     * Makes candles durable.
     * @param sent of one feed
     * @param owner who has the key they came with
     * @return what became of each, in their order
     */
    Mono<Stored> take(ProvidedCandles sent, String owner) {
        if (sent.candles().isEmpty()) {
            return Mono.just(Stored.NOTHING);
        }
        return bounded(this.door.put(sent, owner)).flatMap((stored) -> publish(stored).thenReturn(stored));
    }

    /**
     * Lets a candle out of quarantine; the second time changes nothing.
     * @param feed it must be of
     * @param id its number
     * @param user who releases it
     * @return the candle as stored, or nothing where there is none of that number
     */
    public Mono<HeldCandle> release(String feed, long id, String user) {
        BucketGrid grid = this.feeds.named(feed).grid();
        return bounded(this.door.release(feed, id, user, grid, this.clock.millis())).flatMap((released) -> {
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
    public Mono<HeldCandle> undoRelease(String feed, long id) {
        return bounded(this.door.undoRelease(feed, id)).flatMap((undone) -> {
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
        return bounded(this.door.accept(feed, id, user))
            .flatMap((accepted) -> publish(accepted.stored()).thenReturn(accepted.conflict()));
    }

    private static <T> Mono<T> bounded(Mono<T> storing) {
        return storing.timeout(STORING)
            .onErrorMap(TimeoutException.class, (ex) -> unavailable("the database did not answer in time", ex))
            .onErrorMap(R2dbcException.class, (ex) -> unavailable("the database did not take the candles", ex));
    }

    private Mono<Void> publish(Stored stored) {
        if (stored.outboxId() == 0) {
            return Mono.empty();
        }
        return this.publisher.publish(stored.changed(), () -> this.published.add(stored.outboxId()))
            .timeout(PUBLISHING)
            .transformDeferred(CircuitBreakerOperator.of(this.circuit))
            .onErrorResume(CandleOutput::isForLater, (failure) -> {
                this.published.hand(stored.outboxId());
                log.debug("Row {} of the outbox is published later: {}", stored.outboxId(), failure.toString());
                return Mono.empty();
            });
    }

    private static boolean isForLater(Throwable failure) {
        return failure instanceof KafkaUnavailable || failure instanceof RejectedExecutionException
                || failure instanceof TimeoutException || failure instanceof CallNotPermittedException;
    }

    private static Problem unavailable(String detail, Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, detail, cause);
    }

}
