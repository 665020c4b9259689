package pregao.session.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pregao.contracts.Topic;
import pregao.pipeline.consumer.TopicProvisioner;
import pregao.pipeline.outbox.OutboxMetrics;
import pregao.pipeline.outbox.OutboxState;
import pregao.pipeline.outbox.PublishErrorClassifier;

/**
 * Relay that publishes the outbox to Kafka, one replica at a time. It holds a
 * session-level advisory lock, so that no transaction is open while it waits for Kafka.
 * For a compacted topic it reads the current value only while it holds the lock, so that
 * the last published record is the current state whatever the order of the transactions.
 * An event is published as it was stored. If a row is not deleted after publishing, its
 * record is published again, which is harmless. A row that fails by itself several times
 * is set aside together with the reason.
 */
@Component
class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int BATCH_SIZE = 100;

    private static final String LOCK = "select pg_try_advisory_lock(hashtext('session.outbox'), 0)";

    private static final String UNLOCK = "select pg_advisory_unlock(hashtext('session.outbox'), 0)";

    private static final String SELECT_OLDEST = """
            select id, topic, name, value, attempts from session.outbox
            where set_aside_at is null order by id limit :most""";

    private static final String UPDATE_FAILED = """
            update session.outbox set attempts = attempts + 1, failure = :failure,
                set_aside_at = case when attempts + 1 >= :max then clock_timestamp() end
            where id = :id""";

    private static final String SELECT_STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(created_at)
                       filter (where set_aside_at is null)), 0)::float8
            from session.outbox""";

    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(5);

    /**
     * Statements that enqueue the full state of a topic that is empty, because it is new
     * or was lost.
     */
    private static final Map<Topic, String> ENQUEUE_ALL = Map.of(Topic.FEED,
            "insert into session.outbox (topic, name) select 'feed', name from session.feed order by name", Topic.KEY,
            "insert into session.outbox (topic, name) select 'key', hash from session.api_key order by created_at");

    private final DatabaseClient database;

    private final ConnectionFactory connectionFactory;

    private final CurrentStateRecordFactory recordFactory;

    private final Producer<String, byte[]> producer;

    private final TopicProvisioner topicProvisioner;

    private final OutboxMetrics metrics;

    private boolean topicsProvisioned;

    /** The next time to report the state, by {@link System#nanoTime}. */
    private long nextStateNanos = System.nanoTime();

    OutboxRelay(DatabaseClient database, ConnectionFactory connectionFactory, CurrentStateRecordFactory recordFactory,
            Producer<String, byte[]> producer, TopicProvisioner topicProvisioner, MeterRegistry meterRegistry) {
        this.database = database;
        this.connectionFactory = connectionFactory;
        this.recordFactory = recordFactory;
        this.producer = producer;
        this.topicProvisioner = topicProvisioner;
        this.metrics = new OutboxMetrics(meterRegistry);
    }

    /** Publishes all pending rows. Only the outbox thread calls this. */
    void publish() {
        if (!this.topicsProvisioned) {
            this.topicProvisioner.provision(Topic.Service.SESSION, List.of());
            Flux.fromStream(this.topicProvisioner.findEmptyTopics(ENQUEUE_ALL.keySet()).stream())
                .concatMap((topic) -> this.database.sql(Objects.requireNonNull(ENQUEUE_ALL.get(topic)))
                    .fetch()
                    .rowsUpdated())
                .blockLast(TIMEOUT);
            this.topicsProvisioned = true;
        }
        reportState();
        Boolean hasMore;
        do {
            hasMore = Mono.usingWhen(this.connectionFactory.create(), this::publishBatchIfLocked, Connection::close)
                .block(TIMEOUT);
        }
        while (Boolean.TRUE.equals(hasMore));
    }

    private Mono<Boolean> publishBatchIfLocked(Connection connection) {
        return Mono.usingWhen(queryBoolean(connection, LOCK),
                (locked) -> locked ? publishBatch().map((count) -> count == BATCH_SIZE) : Mono.just(false),
                (locked) -> locked ? queryBoolean(connection, UNLOCK) : Mono.empty());
    }

    private static Mono<Boolean> queryBoolean(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
            .concatMap((result) -> result.map((row, metadata) -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
            .single();
    }

    private void reportState() {
        if (System.nanoTime() - this.nextStateNanos >= 0) {
            this.nextStateNanos = System.nanoTime() + STATE_INTERVAL;
            this.metrics.update(Objects.requireNonNull(this.database.sql(SELECT_STATE)
                .map((row) -> new OutboxState(Objects.requireNonNull(row.get(0, Long.class)),
                        Objects.requireNonNull(row.get(1, Long.class)),
                        Objects.requireNonNull(row.get(2, Double.class))))
                .one()
                .block(TIMEOUT)));
        }
    }

    private Mono<Integer> publishBatch() {
        return findOldest().collectList().flatMap((rows) -> rows.isEmpty() ? Mono.just(0) : publishRows(rows));
    }

    private Flux<Row> findOldest() {
        return this.database.sql(SELECT_OLDEST)
            .bind("most", BATCH_SIZE)
            .map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, String.class)), Objects.requireNonNull(row.get(2, String.class)),
                    row.get(3, byte[].class), Objects.requireNonNull(row.get(4, Integer.class))))
            .all();
    }

    /**
     * Sends rows in order, then waits until Kafka has acknowledged all of them.
     * @return the number of processed rows
     */
    private Mono<Integer> publishRows(List<Row> rows) {
        return Flux.fromIterable(rows)
            .concatMap(this::sendRow)
            .collectList()
            .flatMapMany((acknowledgements) -> Flux.concat(acknowledgements))
            .collectList()
            .flatMap((attempts) -> recordResults(attempts).thenReturn(attempts.size()));
    }

    /**
     * Hands the record to the producer. The inner result completes when Kafka has
     * acknowledged it.
     */
    private Mono<Mono<Attempt>> sendRow(Row row) {
        return Mono.defer(() -> loadValue(row))
            .flatMap((value) -> send(row, value))
            .map((acknowledgement) -> Mono.fromFuture(acknowledgement)
                .thenReturn(new Attempt(row, null))
                .onErrorResume(OutboxRelay::isRowFailure, (failure) -> Mono.just(new Attempt(row, failure))))
            .onErrorResume(OutboxRelay::isRowFailure, (failure) -> Mono.just(Mono.just(new Attempt(row, failure))));
    }

    private static boolean isRowFailure(Throwable failure) {
        return !PublishErrorClassifier.isOutage(failure) && !(failure instanceof R2dbcException)
                && !(failure instanceof DataAccessException) && failure instanceof RuntimeException;
    }

    private Mono<Void> recordResults(List<Attempt> attempts) {
        Long[] publishedIds = attempts.stream()
            .filter((attempt) -> attempt.failure() == null)
            .map((attempt) -> attempt.row().id())
            .toArray(Long[]::new);
        return this.database.sql("delete from session.outbox where id = any(:ids)")
            .bind("ids", publishedIds)
            .fetch()
            .rowsUpdated()
            .thenMany(Flux.fromIterable(attempts))
            .concatMap((attempt) -> (attempt.failure() != null) ? recordFailure(attempt.row(), attempt.failure())
                    : Mono.<Void>empty())
            .then();
    }

    private Mono<Void> recordFailure(Row row, Throwable failure) {
        log.error("row {} of the outbox, for topic {}, cannot be published, attempt {} of {}", row.id(), row.kind(),
                row.attempts() + 1, PublishErrorClassifier.MAX_ATTEMPTS, failure);
        return this.database.sql(UPDATE_FAILED)
            .bind("failure", PublishErrorClassifier.describe(failure))
            .bind("max", PublishErrorClassifier.MAX_ATTEMPTS)
            .bind("id", row.id())
            .fetch()
            .rowsUpdated()
            .then();
    }

    private Mono<byte[]> loadValue(Row row) {
        byte[] event = row.event();
        return (event != null) ? Mono.just(event) : this.recordFactory.createRecord(row.topic(), row.name());
    }

    /**
     * Sends a record on a blocking scheduler, because the producer may block for
     * metadata.
     */
    private Mono<CompletableFuture<Void>> send(Row row, byte[] value) {
        return Mono.fromCallable(() -> sendToKafka(row, value)).subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the same result
    private CompletableFuture<Void> sendToKafka(Row row, byte[] value) {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        this.producer.send(new ProducerRecord<>(row.topic().topicName(), row.name(), value), (metadata, failure) -> {
            if (failure == null) {
                acknowledgement.complete(null);
            }
            else {
                acknowledgement.completeExceptionally(
                        new IllegalStateException("Kafka did not take it: " + failure.getMessage(), failure));
            }
        });
        return acknowledgement;
    }

    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    private record Row(long id, String kind, String name, byte @Nullable [] event, int attempts) {

        Topic topic() {
            return Topic.named(this.kind);
        }

    }

    /**
     * Outcome of publishing a row.
     *
     * @param row the row
     * @param failure the cause of failure, or null if the record is published
     */
    private record Attempt(Row row, @Nullable Throwable failure) {

    }

}
