package pregao.ingest.candle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.ingest.kafka.KafkaUnavailableException;
import pregao.ingest.kafka.RecordPublisher;
import pregao.pipeline.outbox.OutboxMetrics;
import pregao.pipeline.outbox.PublishErrorClassifier;

/**
 * Empties the outbox, on one thread: removes what was published, and publishes what a
 * request handed over and what a crash left. A row that fails on its own several times is
 * set aside with the reason. A row that is removed too late is published twice, which the
 * revision makes harmless.
 */
@Component
class OutboxRelay implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private static final Duration TICK = Duration.ofMillis(100);

    private static final int ROWS = 10;

    private static final int MOST_IDS = 1000;

    private final ConnectionFactory database;

    private final RecordPublisher publisher;

    private final OutboxProperties settings;

    private final PublishedRowQueue published;

    private final OutboxMetrics metrics;

    private final SupervisedThread thread = new SupervisedThread("outbox", MAX_SILENCE, this::run);

    /** When to look for rows that were left, by {@link System#nanoTime}. */
    private long next = System.nanoTime();

    OutboxRelay(ConnectionFactory database, RecordPublisher publisher, PublishedRowQueue published,
            OutboxProperties settings, MeterRegistry registry) {
        this.published = published;
        this.database = database;
        this.publisher = publisher;
        this.settings = settings;
        this.metrics = new OutboxMetrics(registry);
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread supervised) throws InterruptedException {
        supervised.pause(TICK);
        removePublished();
        List<Long> handed = this.published.takeHanded(ROWS);
        boolean due = System.nanoTime() - this.next >= 0;
        if (due) {
            this.next = System.nanoTime() + this.settings.interval().toNanos();
            this.metrics.update(inTransaction(OutboxRepository::state));
        }
        if (due || !handed.isEmpty()) {
            publishLeft(supervised, handed);
        }
        supervised.recordSuccess();
    }

    private void removePublished() {
        List<Long> ids = this.published.take(MOST_IDS);
        if (!ids.isEmpty()) {
            inTransaction((connection) -> OutboxRepository.remove(connection, ids));
        }
    }

    private void publishLeft(SupervisedThread supervised, List<Long> handed) {
        List<Attempt> attempts;
        do {
            attempts = inTransaction((connection) -> publishOldest(connection, handed));
            long count = attempts.stream().filter(Attempt::isPublished).count();
            if (count > 0) {
                log.info("{} rows of the outbox were published late", count);
            }
            for (Attempt attempt : attempts) {
                if (attempt.failure() != null && attempt.isOutage()) {
                    throw new OutboxWaitsException(attempt.failure());
                }
            }
        }
        while (supervised.isRunning() && attempts.size() == ROWS);
    }

    private <T> T inTransaction(Function<Connection, Mono<T>> work) {
        Mono<T> done = Mono.usingWhen(this.database.create(),
                (connection) -> Mono.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection), work,
                        Connection::commitTransaction, (open, failure) -> open.rollbackTransaction(),
                        Connection::rollbackTransaction),
                Connection::close);
        return Objects.requireNonNull(done.block(TIMEOUT));
    }

    private Mono<List<Attempt>> publishOldest(Connection connection, List<Long> handed) {
        return OutboxRepository.oldest(connection, this.settings.minAge(), handed, ROWS)
            .collectList()
            .flatMapIterable((rows) -> rows)
            .concatMap(this::attempt)
            .takeUntil(Attempt::isOutage)
            .collectList()
            .flatMap((attempts) -> note(connection, attempts).thenReturn(attempts));
    }

    private Mono<Attempt> attempt(OutboxRepository.Row row) {
        return Mono.defer(() -> this.publisher.publish(row.messages()))
            .thenReturn(new Attempt(row, null))
            .onErrorResume(RuntimeException.class, (failure) -> Mono.just(new Attempt(row, failure)));
    }

    private Mono<Void> note(Connection connection, List<Attempt> attempts) {
        List<Long> done = new ArrayList<>();
        Mono<Void> failed = Mono.empty();
        for (Attempt attempt : attempts) {
            Throwable failure = attempt.failure();
            if (failure == null) {
                done.add(attempt.row().id());
            }
            else if (!attempt.isOutage()) {
                log.error("row {} of the outbox cannot be published, attempt {} of {}: {}", attempt.row().id(),
                        attempt.row().attempts() + 1, this.settings.maxAttempts(), failure.toString());
                failed = failed.then(
                        OutboxRepository.fail(connection, attempt.row(), failure, this.settings.maxAttempts()).then());
            }
        }
        return done.isEmpty() ? failed : failed.then(OutboxRepository.remove(connection, done).then());
    }

    /**
     * What became of a row.
     *
     * @param row which
     * @param failure null where it is published
     */
    private record Attempt(OutboxRepository.Row row, @Nullable Throwable failure) {

        boolean isPublished() {
            return this.failure == null;
        }

        /** Whether every other row would fail as well. */
        boolean isOutage() {
            return (this.failure instanceof KafkaUnavailableException unavailable
                    && PublishErrorClassifier.isOutage(unavailable))
                    || this.failure instanceof RejectedExecutionException || this.failure instanceof R2dbcException
                    || this.failure instanceof TimeoutException;
        }

    }

}
