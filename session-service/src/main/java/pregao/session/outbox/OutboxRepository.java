package pregao.session.outbox;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;

/**
 * The table of what is to be published.
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
     * Notes, in the caller's transaction, that a record has another value.
     * @param topic key or feed
     * @param name the record's key
     * @return when it is noted
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
     * Notes, in the caller's transaction, that something happened.
     * @param topic one of events
     * @param key the record's key
     * @param value the record as it is to be published
     * @return when it is noted
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
     * Has it published at once; to be called once the transaction is through.
     */
    public void trigger() {
        this.trigger.trigger();
    }

}
