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
 * Publishes the events of each user in order, on one replica at a time. An event that
 * fails several times on its own is set aside with the reason, so that it does not block
 * the others. An event may be published twice if the replica fails before the row is
 * marked, which does no harm because its id tells duplicates.
 */
@Component
class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final int BATCH_SIZE = 500;

    private static final String SELECT_PENDING = """
            select id, person, topic, body, attempts from strategy.event
            where not published and set_aside_at is null order by id limit :most""";

    private static final String UPDATE_FAILED = """
            update strategy.event set attempts = attempts + 1, failure = :failure,
                set_aside_at = case when attempts + 1 >= :max then clock_timestamp() end
            where id = :id""";

    private static final String SELECT_STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(at) filter (where set_aside_at is null)), 0)
            from strategy.event where not published""";

    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final JdbcClient database;

    private final DataSource dataSource;

    private final RecordPublisher publisher;

    private final RedisEventForwarder forwarder;

    private final OutboxMetrics metrics;

    /** By {@link System#nanoTime}. */
    private long nextStateNanos = System.nanoTime();

    OutboxRelay(DataSource dataSource, Producer<String, byte[]> producer, RedisEventForwarder forwarder,
            MeterRegistry registry) {
        this.dataSource = dataSource;
        this.database = JdbcClient.create(dataSource);
        this.publisher = new RecordPublisher(producer);
        this.forwarder = forwarder;
        this.metrics = new OutboxMetrics(registry);
    }

    /** Publishes all pending events. Only the thread of the outbox calls this. */
    void publishPending() {
        if (System.nanoTime() - this.nextStateNanos >= 0) {
            this.nextStateNanos = System.nanoTime() + STATE_INTERVAL;
            this.metrics.update(this.database.sql(SELECT_STATE)
                .query((row, number) -> new OutboxState(row.getLong(1), row.getLong(2), row.getDouble(3)))
                .single());
        }
        new JdbcTemplate(this.dataSource).execute((Connection connection) -> drain(connection));
    }

    /**
     * The lock belongs to the connection, so no transaction is open while Kafka responds.
     */
    private boolean drain(Connection connection) throws SQLException {
        if (!AdvisoryLock.OUTBOX.tryLockSession(connection)) {
            return false; // another replica publishes
        }
        try {
            boolean hasMore = true;
            while (hasMore) {
                hasMore = publishBatch();
            }
            return true;
        }
        finally {
            AdvisoryLock.OUTBOX.unlockSession(connection);
        }
    }

    /** Publishes a batch and returns whether there may be more events. */
    private boolean publishBatch() {
        List<RedisEventForwarder.Published> rows = this.database.sql(SELECT_PENDING)
            .param("most", BATCH_SIZE)
            .query((row, number) -> new RedisEventForwarder.Published(row.getLong(1), row.getObject(2, UUID.class),
                    row.getString(3), row.getBytes(4), row.getInt(5)))
            .list();
        if (rows.isEmpty()) {
            return false;
        }
        if (rows.getFirst().attempts() > 0) {
            // A retry of the batch would send all of them again.
            return publishIndividually(rows);
        }
        try {
            this.publisher.publish(rows.stream().map(OutboxRelay::toRecord).toList());
        }
        catch (PublishException ex) {
            if (PublishErrorClassifier.isOutage(ex)) {
                throw ex;
            }
            return publishIndividually(rows);
        }
        markPublished(rows);
        return rows.size() == BATCH_SIZE;
    }

    /**
     * Publishes events one by one, up to the first that fails on its own. That event is
     * retried in the next run, or set aside. The events keep their order.
     */
    private boolean publishIndividually(List<RedisEventForwarder.Published> rows) {
        for (RedisEventForwarder.Published row : rows) {
            try {
                this.publisher.publish(List.of(toRecord(row)));
                markPublished(List.of(row));
            }
            catch (PublishException ex) {
                if (PublishErrorClassifier.isOutage(ex)) {
                    log.warn("events wait from {} on: {}", row.id(), PublishErrorClassifier.describe(ex));
                    return false;
                }
                recordFailure(row, ex);
                return row.attempts() + 1 >= PublishErrorClassifier.MAX_ATTEMPTS;
            }
        }
        return rows.size() == BATCH_SIZE;
    }

    /**
     * Forwards and marks published events. If the replica fails before this, they are
     * published again, which does no harm.
     */
    private void markPublished(List<RedisEventForwarder.Published> rows) {
        this.forwarder.forward(rows);
        // By id, not by range: an event of another user with a lower id may have been
        // stored since.
        this.database.sql("update strategy.event set published = true where id = any (:ids)")
            .param("ids", rows.stream().map(RedisEventForwarder.Published::id).toArray(Long[]::new))
            .update();
    }

    private void recordFailure(RedisEventForwarder.Published row, PublishException failure) {
        log.error("event {} of topic {} cannot be published, attempt {} of {}", row.id(), row.topic(),
                row.attempts() + 1, PublishErrorClassifier.MAX_ATTEMPTS, failure);
        this.database.sql(UPDATE_FAILED)
            .param("failure", PublishErrorClassifier.describe(failure))
            .param("max", PublishErrorClassifier.MAX_ATTEMPTS)
            .param("id", row.id())
            .update();
    }

    private static ProducerRecord<String, byte[]> toRecord(RedisEventForwarder.Published event) {
        return new ProducerRecord<>(event.topic(), event.person().toString(), event.body());
    }

}
