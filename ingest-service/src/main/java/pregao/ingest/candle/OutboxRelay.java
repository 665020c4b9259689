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
 * Relay that publishes the rows of the outbox on one thread. It removes published rows,
 * and it publishes the rows that requests handed over or that a crash left behind. A row
 * that fails several times for a reason of its own is set aside with that reason. A row
 * that is removed too late is published twice, which is harmless because consumers
 * compare revisions.
 */
@Component
class OutboxRelay implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private static final int BATCH_SIZE = 10;

    private static final int MAX_REMOVED_IDS = 1000;

    private final ConnectionFactory connectionFactory;

    private final RecordPublisher publisher;

    private final OutboxProperties properties;

    private final PublishedRowQueue rowQueue;

    private final OutboxMetrics metrics;

    private final SupervisedThread thread = new SupervisedThread("outbox", MAX_SILENCE, this::run);

    /** When to look for rows that were left behind, in {@link System#nanoTime} units. */
    private long nextSweepNanos = System.nanoTime();

    OutboxRelay(ConnectionFactory connectionFactory, RecordPublisher publisher, PublishedRowQueue rowQueue,
            OutboxProperties properties, MeterRegistry meterRegistry) {
        this.rowQueue = rowQueue;
        this.connectionFactory = connectionFactory;
        this.publisher = publisher;
        this.properties = properties;
        this.metrics = new OutboxMetrics(meterRegistry);
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread supervisedThread) throws InterruptedException {
        supervisedThread.pause(POLL_INTERVAL);
        removePublished();
        List<Long> handedOverIds = this.rowQueue.drainHandedOver(BATCH_SIZE);
        boolean sweepDue = System.nanoTime() - this.nextSweepNanos >= 0;
        if (sweepDue) {
            this.nextSweepNanos = System.nanoTime() + this.properties.interval().toNanos();
            this.metrics.update(inTransaction(OutboxRepository::readState));
        }
        if (sweepDue || !handedOverIds.isEmpty()) {
            publishPending(supervisedThread, handedOverIds);
        }
        supervisedThread.recordSuccess();
    }

    private void removePublished() {
        List<Long> ids = this.rowQueue.drainAcknowledged(MAX_REMOVED_IDS);
        if (!ids.isEmpty()) {
            inTransaction((connection) -> OutboxRepository.delete(connection, ids));
        }
    }

    private void publishPending(SupervisedThread supervisedThread, List<Long> handedOverIds) {
        List<Attempt> attempts;
        do {
            attempts = inTransaction((connection) -> publishOldest(connection, handedOverIds));
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
        while (supervisedThread.isRunning() && attempts.size() == BATCH_SIZE);
    }

    private <T> T inTransaction(Function<Connection, Mono<T>> operation) {
        Mono<T> result = Mono.usingWhen(this.connectionFactory.create(),
                (connection) -> Mono.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection),
                        operation, Connection::commitTransaction,
                        (openConnection, failure) -> openConnection.rollbackTransaction(),
                        Connection::rollbackTransaction),
                Connection::close);
        return Objects.requireNonNull(result.block(TRANSACTION_TIMEOUT));
    }

    private Mono<List<Attempt>> publishOldest(Connection connection, List<Long> handedOverIds) {
        return OutboxRepository.lockOldest(connection, this.properties.minAge(), handedOverIds, BATCH_SIZE)
            .collectList()
            .flatMapIterable((rows) -> rows)
            .concatMap(this::publishRow)
            .takeUntil(Attempt::isOutage)
            .collectList()
            .flatMap((attempts) -> recordAttempts(connection, attempts).thenReturn(attempts));
    }

    private Mono<Attempt> publishRow(OutboxRepository.Row row) {
        return Mono.defer(() -> this.publisher.publish(row.decodeRecords()))
            .thenReturn(new Attempt(row, null))
            .onErrorResume(RuntimeException.class, (failure) -> Mono.just(new Attempt(row, failure)));
    }

    private Mono<Void> recordAttempts(Connection connection, List<Attempt> attempts) {
        List<Long> publishedIds = new ArrayList<>();
        Mono<Void> failureUpdates = Mono.empty();
        for (Attempt attempt : attempts) {
            Throwable failure = attempt.failure();
            if (failure == null) {
                publishedIds.add(attempt.row().id());
            }
            else if (!attempt.isOutage()) {
                log.error("row {} of the outbox cannot be published, attempt {} of {}: {}", attempt.row().id(),
                        attempt.row().attempts() + 1, this.properties.maxAttempts(), failure.toString());
                failureUpdates = failureUpdates.then(OutboxRepository
                    .recordFailure(connection, attempt.row(), failure, this.properties.maxAttempts())
                    .then());
            }
        }
        return publishedIds.isEmpty() ? failureUpdates
                : failureUpdates.then(OutboxRepository.delete(connection, publishedIds).then());
    }

    /**
     * Result of an attempt to publish a row.
     *
     * @param row the row
     * @param failure the cause of the failure, or null if the row is published
     */
    private record Attempt(OutboxRepository.Row row, @Nullable Throwable failure) {

        boolean isPublished() {
            return this.failure == null;
        }

        /** Returns whether all other rows would fail, too. */
        boolean isOutage() {
            return (this.failure instanceof KafkaUnavailableException unavailable
                    && PublishErrorClassifier.isOutage(unavailable))
                    || this.failure instanceof RejectedExecutionException || this.failure instanceof R2dbcException
                    || this.failure instanceof TimeoutException;
        }

    }

}
