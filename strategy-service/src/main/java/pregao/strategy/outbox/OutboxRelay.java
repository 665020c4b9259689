package pregao.strategy.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.pipeline.consumer.PublishException;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.outbox.OutboxMetrics;
import pregao.pipeline.outbox.OutboxState;
import pregao.pipeline.outbox.PublishErrorClassifier;
import pregao.strategy.database.AdvisoryLock;

/**
 * Publishes the events of each person in their order, one replica at a time. One that
 * fails on its own several times is set aside with the reason, so that it does not hold
 * up the others. One that is published and whose row does not say so yet is published
 * again, which does no harm: it has its place.
 */
@Component
class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final int MAX_COUNT = 500;

    private static final String NEXT = """
            select id, person, topic, body, attempts from strategy.event
            where not published and set_aside_at is null order by id limit :most""";

    private static final String FAIL = """
            update strategy.event set attempts = attempts + 1, failure = :failure,
                set_aside_at = case when attempts + 1 >= :max then clock_timestamp() end
            where id = :id""";

    private static final String STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(at) filter (where set_aside_at is null)), 0)
            from strategy.event where not published""";

    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final JdbcClient database;

    private final DataSource pool;

    private final RecordPublisher publisher;

    private final RedisEventForwarder listeners;

    private final OutboxMetrics metrics;

    /** By {@link System#nanoTime}. */
    private long nextState = System.nanoTime();

    OutboxRelay(DataSource pool, Producer<String, byte[]> producer, RedisEventForwarder listeners,
            MeterRegistry registry) {
        this.pool = pool;
        this.database = JdbcClient.create(pool);
        this.publisher = new RecordPublisher(producer);
        this.listeners = listeners;
        this.metrics = new OutboxMetrics(registry);
    }

    /** One turn; only the thread of the outbox comes here. */
    void publish() {
        if (System.nanoTime() - this.nextState >= 0) {
            this.nextState = System.nanoTime() + STATE_INTERVAL;
            this.metrics.update(this.database.sql(STATE)
                .query((row, number) -> new OutboxState(row.getLong(1), row.getLong(2), row.getDouble(3)))
                .single());
        }
        new JdbcTemplate(this.pool).execute((Connection connection) -> drain(connection));
    }

    /** The lock is the connection's: no transaction is open while Kafka is awaited. */
    private boolean drain(Connection connection) throws SQLException {
        if (!AdvisoryLock.OUTBOX.tryLockSession(connection)) {
            return false; // another replica publishes
        }
        try {
            boolean more = true;
            while (more) {
                more = batch();
            }
            return true;
        }
        finally {
            AdvisoryLock.OUTBOX.unlockSession(connection);
        }
    }

    /** Whether there may be more. */
    private boolean batch() {
        List<RedisEventForwarder.Published> rows = this.database.sql(NEXT)
            .param("most", MAX_COUNT)
            .query((row, number) -> new RedisEventForwarder.Published(row.getLong(1), row.getObject(2, UUID.class),
                    row.getString(3), row.getBytes(4), row.getInt(5)))
            .list();
        if (rows.isEmpty()) {
            return false;
        }
        if (rows.getFirst().attempts() > 0) {
            return publishAlone(rows); // together they would all be sent once more
        }
        try {
            this.publisher.publish(rows.stream().map(OutboxRelay::record).toList());
        }
        catch (PublishException ex) {
            if (PublishErrorClassifier.isOutage(ex)) {
                throw ex;
            }
            return publishAlone(rows);
        }
        done(rows);
        return rows.size() == MAX_COUNT;
    }

    /**
     * Publishes one by one up to the first that fails on its own, which is tried again
     * with the next turn, or set aside. Events keep their order.
     */
    private boolean publishAlone(List<RedisEventForwarder.Published> rows) {
        for (RedisEventForwarder.Published row : rows) {
            try {
                this.publisher.publish(List.of(record(row)));
                done(List.of(row));
            }
            catch (PublishException ex) {
                if (PublishErrorClassifier.isOutage(ex)) {
                    log.warn("events wait from {} on: {}", row.id(), PublishErrorClassifier.describe(ex));
                    return false;
                }
                fail(row, ex);
                return row.attempts() + 1 >= PublishErrorClassifier.MAX_ATTEMPTS;
            }
        }
        return rows.size() == MAX_COUNT;
    }

    /** Whoever ends between publishing and this publishes again, which does no harm. */
    private void done(List<RedisEventForwarder.Published> rows) {
        this.listeners.hear(rows);
        // Another person's event with a place between them may have been written since.
        this.database.sql("update strategy.event set published = true where id = any (:ids)")
            .param("ids", rows.stream().map(RedisEventForwarder.Published::id).toArray(Long[]::new))
            .update();
    }

    private void fail(RedisEventForwarder.Published row, PublishException failure) {
        log.error("event {} of topic {} cannot be published, attempt {} of {}", row.id(), row.topic(),
                row.attempts() + 1, PublishErrorClassifier.MAX_ATTEMPTS, failure);
        this.database.sql(FAIL)
            .param("failure", PublishErrorClassifier.describe(failure))
            .param("max", PublishErrorClassifier.MAX_ATTEMPTS)
            .param("id", row.id())
            .update();
    }

    private static ProducerRecord<String, byte[]> record(RedisEventForwarder.Published event) {
        return new ProducerRecord<>(event.topic(), event.person().toString(), event.body());
    }

}
