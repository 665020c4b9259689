package pregao.session.outbox;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;

/**
 * Repository of the outbox table.
 */
@Component
public class OutboxRepository {

    private final DatabaseClient database;

    private final OutboxTrigger trigger;

    OutboxRepository(DatabaseClient database, OutboxTrigger trigger) {
        this.database = database;
        this.trigger = trigger;
    }

    /**
     * Enqueues the current state of an entity, in the caller's transaction.
     * @param topic the compacted topic, key, feed or login
     * @param name the record key
     * @return completes when the row is inserted
     */
    public Mono<Void> enqueueState(Topic topic, String name) {
        return this.database.sql("insert into session.outbox (topic, name) values (:topic, :name)")
            .bind("topic", topic.topicName())
            .bind("name", name)
            .fetch()
            .rowsUpdated()
            .then();
    }

    /**
     * Enqueues an event, in the caller's transaction.
     * @param topic the event topic
     * @param key the record key
     * @param value the encoded record value
     * @return completes when the row is inserted
     */
    public Mono<Void> enqueueEvent(Topic topic, String key, byte[] value) {
        return this.database.sql("insert into session.outbox (topic, name, value) values (:topic, :key, :value)")
            .bind("topic", topic.topicName())
            .bind("key", key)
            .bind("value", value)
            .fetch()
            .rowsUpdated()
            .then();
    }

    /**
     * Triggers publishing without delay. Call this after the transaction has committed.
     */
    public void trigger() {
        this.trigger.trigger();
    }

}
