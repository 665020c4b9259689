package pregao.session.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import pregao.contracts.Topic;

/**
 * Publishes what the outbox names, one replica at a time. The value of a setting is read
 * only when the lock is held, so whatever the order of transactions was, what is
 * published last is what holds; an event is published as it was noted. A record that is
 * published and whose row then stays is published again, which does no harm.
 */
@Component
class Publisher {

    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final int MOST = 100;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('session.outbox'))";

    private static final String OLDEST = "select id, topic, name, value from session.outbox order by id limit :most";

    /** At the start everything is said again: the topics may have been lost. */
    private static final List<String> EVERYTHING = List.of(
            "insert into session.outbox (topic, name) select 'feed', name from session.feed order by name",
            "insert into session.outbox (topic, name) select 'key', hash from session.api_key order by created_at");

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final CurrentRecords records;

    private final Producer<String, byte[]> producer;

    private final TopicCreation topics;

    private boolean prepared;

    Publisher(DatabaseClient database, TransactionalOperator transactions, CurrentRecords records,
            Producer<String, byte[]> producer, TopicCreation topics) {
        this.database = database;
        this.transactions = transactions;
        this.records = records;
        this.producer = producer;
        this.topics = topics;
    }

    /** One turn; only the thread of the outbox comes here. */
    void publish() {
        if (!this.prepared) {
            this.topics.createMissing();
            this.transactions
                .transactional(Flux.fromIterable(EVERYTHING)
                    .concatMap((sql) -> this.database.sql(sql).fetch().rowsUpdated())
                    .then())
                .block(BOUND);
            this.prepared = true;
        }
        Integer count;
        do {
            count = this.transactions.transactional(batch()).block(BOUND);
        }
        while (Objects.requireNonNullElse(count, 0) == MOST);
    }

    private Mono<Integer> batch() {
        return this.database.sql(LOCK)
            .mapValue(Boolean.class)
            .one()
            .filter((locked) -> locked)
            .thenMany(Flux.defer(this::oldest))
            .collectList()
            .flatMap((rows) -> rows.isEmpty() ? Mono.just(0) : publish(rows).thenReturn(rows.size()));
    }

    private Flux<Row> oldest() {
        return this.database.sql(OLDEST)
            .bind("most", MOST)
            .map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, String.class)), Objects.requireNonNull(row.get(2, String.class)),
                    row.get(3, byte[].class)))
            .all();
    }

    private Mono<Void> publish(List<Row> rows) {
        return Flux.fromIterable(rows)
            .concatMap((row) -> value(row).flatMap((value) -> send(row, value)))
            .then(this.database.sql("delete from session.outbox where id = any(:ids)")
                .bind("ids", rows.stream().map(Row::id).toArray(Long[]::new))
                .fetch()
                .rowsUpdated())
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
                sink.error(new IllegalStateException("Kafka did not take it: " + failure.getMessage()));
            }
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Row(long id, String kind, String name, byte @Nullable [] event) {

        Topic topic() {
            return Topic.valueOf(this.kind.toUpperCase(Locale.ROOT));
        }

    }

}
