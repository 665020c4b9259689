package pregao.ingest.candle;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.contracts.candle.Candle;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.topic.KafkaUnavailable;
import pregao.ingest.topic.Publisher;

/**
 * Where candles are durable: the database. Publishing follows at once, or later by the
 * sweep; the sender need not wait for a Kafka that is away.
 */
@Component
public class CandleOutput {

    private static final Logger log = LoggerFactory.getLogger(CandleOutput.class);

    private static final Duration STORING = Duration.ofMillis(2500);

    private static final Duration PUBLISHING = Duration.ofMillis(900);

    /** So long a Kafka is waited for that was away a moment ago. */
    private static final Duration BRIEF = Duration.ofMillis(50);

    private final CandleDoor door;

    private final Publisher publisher;

    private final PublishedRows published;

    private final CandleMeters meters;

    private final Clock clock;

    private volatile Duration patience = PUBLISHING;

    CandleOutput(CandleDoor door, Publisher publisher, PublishedRows published, CandleMeters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.door = door;
        this.publisher = publisher;
        this.published = published;
    }

    /**
     * Makes candles durable.
     * @param candles of one feed
     * @param owner who has the key they came with
     * @return what became of each, in their order
     */
    Mono<Stored> take(List<Candle> candles, String owner) {
        if (candles.isEmpty()) {
            return Mono.just(Stored.NOTHING);
        }
        return bounded(this.door.put(candles, owner)).flatMap((stored) -> publish(stored).thenReturn(stored));
    }

    /**
     * Lets a candle out of quarantine; the second time changes nothing.
     * @param feed it must be of
     * @param id its number
     * @param user who releases it
     * @return the candle as stored, or nothing where there is none of that number
     */
    public Mono<HeldCandle> release(String feed, long id, String user) {
        return bounded(this.door.release(feed, id, user, this.clock.millis())).flatMap((released) -> {
            this.meters.countReleased(released.first());
            return publish(released.stored()).thenReturn(released.candle());
        });
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
        return acknowledged(stored).timeout(this.patience)
            .onErrorResume(TimeoutException.class, Mono::just)
            .doOnSuccess((failure) -> this.patience = (failure == null) ? PUBLISHING : BRIEF)
            .doOnNext((failure) -> log.warn("Row {} of the outbox is published later: {}", stored.outboxId(),
                    failure.toString()))
            .then();
    }

    /**
     * Goes on where nobody waits any more: what Kafka has is not sent again.
     * @return what went wrong, or nothing
     */
    private Mono<Throwable> acknowledged(Stored stored) {
        return Mono.fromFuture(this.publisher.publish(stored.changed())
            .doOnSuccess((nothing) -> this.published.add(stored.outboxId()))
            .then(Mono.<Throwable>empty())
            .onErrorResume(CandleOutput::isForLater, Mono::just)
            .toFuture(), true);
    }

    private static boolean isForLater(Throwable failure) {
        return failure instanceof KafkaUnavailable || failure instanceof RejectedExecutionException;
    }

    private static Problem unavailable(String detail, Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, detail, cause);
    }

}
