package pregao.session.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import pregao.contracts.Topic;
import pregao.loop.TopicProvisioner;
import pregao.loop.outbox.OutboxMetrics;
import pregao.loop.outbox.OutboxState;
import pregao.loop.outbox.PublishingFailures;

/**
 * Publishes what the outbox names, one replica at a time. The value of a setting is read
 * only when the lock is held, so whatever the order of transactions was, what is
 * published last is what holds; an event is published as it was noted. A record that is
 * published and whose row then stays is published again, which does no harm. A row that
 * fails on its own several times is set aside with the reason.
 */
@Component
class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final int MOST = 100;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('session.outbox'))";

    private static final String OLDEST = """
            select id, topic, name, value, attempts from session.outbox
            where set_aside_at is null order by id limit :most""";

    private static final String FAIL = """
            update session.outbox set attempts = attempts + 1, failure = :failure,
                set_aside_at = case when attempts + 1 >= :max then clock_timestamp() end
            where id = :id""";

    private static final String STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(created_at)
                       filter (where set_aside_at is null)), 0)::float8
            from session.outbox""";

    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(5);

    /** At the start everything is said again: the topics may have been lost. */
    private static final List<String> EVERYTHING = List.of(
            "insert into session.outbox (topic, name) select 'feed', name from session.feed order by name",
            "insert into session.outbox (topic, name) select 'key', hash from session.api_key order by created_at");

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final CurrentRecords records;

    private final Producer<String, byte[]> producer;

    private final TopicProvisioner topics;

    private final OutboxMetrics metrics;

    private boolean prepared;

    /** By {@link System#nanoTime}. */
    private long nextState = System.nanoTime();

    Publisher(DatabaseClient database, TransactionalOperator transactions, CurrentRecords records,
            Producer<String, byte[]> producer, TopicProvisioner topics, MeterRegistry registry) {
        this.database = database;
        this.transactions = transactions;
        this.records = records;
        this.producer = producer;
        this.topics = topics;
        this.metrics = new OutboxMetrics(registry);
    }

    /** One turn; only the thread of the outbox comes here. */
    void publish() {
        if (!this.prepared) {
            this.topics.provision(Topic.Service.SESSION, List.of());
            this.transactions
                .transactional(Flux.fromIterable(EVERYTHING)
                    .concatMap((sql) -> this.database.sql(sql).fetch().rowsUpdated())
                    .then())
                .block(BOUND);
            this.prepared = true;
        }
        showState();
        Integer count;
        do {
            count = this.transactions.transactional(batch()).block(BOUND);
        }
        while (Objects.requireNonNullElse(count, 0) == MOST);
    }

    private void showState() {
        if (System.nanoTime() - this.nextState >= 0) {
            this.nextState = System.nanoTime() + STATE_INTERVAL;
            this.metrics.show(Objects.requireNonNull(this.database.sql(STATE)
                .map((row) -> new OutboxState(Objects.requireNonNull(row.get(0, Long.class)),
                        Objects.requireNonNull(row.get(1, Long.class)),
                        Objects.requireNonNull(row.get(2, Double.class))))
                .one()
                .block(BOUND)));
        }
    }

    private Mono<Integer> batch() {
        return this.database.sql(LOCK)
            .mapValue(Boolean.class)
            .one()
            .filter((locked) -> locked)
            .thenMany(Flux.defer(this::oldest))
            .collectList()
            .flatMap((rows) -> rows.isEmpty() ? Mono.just(0) : publish(rows));
    }

    private Flux<Row> oldest() {
        return this.database.sql(OLDEST)
            .bind("most", MOST)
            .map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, String.class)), Objects.requireNonNull(row.get(2, String.class)),
                    row.get(3, byte[].class), Objects.requireNonNull(row.get(4, Integer.class))))
            .all();
    }

    /**
     * Publishes rows in their order, up to the first that fails.
     * @return how many rows are dealt with
     */
    private Mono<Integer> publish(List<Row> rows) {
        return Flux.fromIterable(rows)
            .concatMap(this::attempt)
            .takeUntil((attempt) -> attempt.failure() != null)
            .collectList()
            .flatMap((attempts) -> note(attempts).thenReturn(attempts.size()));
    }

    private Mono<Attempt> attempt(Row row) {
        return Mono.defer(() -> value(row))
            .flatMap((value) -> send(row, value))
            .thenReturn(new Attempt(row, null))
            .onErrorResume(Publisher::isOfRow, (failure) -> Mono.just(new Attempt(row, failure)));
    }

    /** After a failure of the database the transaction can do nothing any more. */
    private static boolean isOfRow(Throwable failure) {
        return !PublishingFailures.isOutage(failure) && !(failure instanceof R2dbcException)
                && !(failure instanceof DataAccessException) && failure instanceof RuntimeException;
    }

    private Mono<Void> note(List<Attempt> attempts) {
        Long[] done = attempts.stream()
            .filter((attempt) -> attempt.failure() == null)
            .map((attempt) -> attempt.row().id())
            .toArray(Long[]::new);
        Mono<Void> removed = this.database.sql("delete from session.outbox where id = any(:ids)")
            .bind("ids", done)
            .fetch()
            .rowsUpdated()
            .then();
        Attempt last = attempts.getLast();
        return (last.failure() != null) ? removed.then(fail(last.row(), last.failure())) : removed;
    }

    private Mono<Void> fail(Row row, Throwable failure) {
        log.error("row {} of the outbox, for topic {}, cannot be published, attempt {} of {}", row.id(), row.kind(),
                row.attempts() + 1, PublishingFailures.MAX_ATTEMPTS, failure);
        return this.database.sql(FAIL)
            .bind("failure", PublishingFailures.reason(failure))
            .bind("max", PublishingFailures.MAX_ATTEMPTS)
            .bind("id", row.id())
            .fetch()
            .rowsUpdated()
            .then();
    }

    private Mono<byte[]> value(Row row) {
        byte[] event = row.event();
        return (event != null) ? Mono.just(event) : this.records.of(row.topic(), row.name());
    }

    /** Sending may block for metadata, so it never happens on an event loop. */
    private Mono<Void> send(Row row, byte[] value) {
        return Mono.<Void>create((sink) -> send(row, value, sink)).subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
    private void send(Row row, byte[] value, MonoSink<Void> sink) {
        this.producer.send(new ProducerRecord<>(row.topic().topicName(), row.name(), value), (metadata, failure) -> {
            if (failure == null) {
                sink.success();
            }
            else {
                sink.error(new IllegalStateException("Kafka did not take it: " + failure.getMessage(), failure));
            }
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Row(long id, String kind, String name, byte @Nullable [] event, int attempts) {

        Topic topic() {
            return Topic.named(this.kind);
        }

    }

    /**
     * What became of a row.
     *
     * @param row which
     * @param failure null where it is published
     */
    private record Attempt(Row row, @Nullable Throwable failure) {

    }

}
