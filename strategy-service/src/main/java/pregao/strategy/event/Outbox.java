package pregao.strategy.event;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import pregao.loop.Publisher;

/**
 * Publishes events in their order, one replica at a time. One that is published and whose
 * row does not say so yet is published again, which does no harm: it has its place.
 */
@Component
class Outbox {

    private static final int MOST = 500;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('strategy.outbox'))";

    private static final String NEXT = """
            select id, person, topic, body from strategy.event where not published order by id limit :most""";

    private final JdbcClient database;

    private final TransactionTemplate transaction;

    private final Publisher publisher;

    private final Listeners listeners;

    Outbox(JdbcClient database, TransactionTemplate transaction, Producer<String, byte[]> producer,
            Listeners listeners) {
        this.database = database;
        this.transaction = transaction;
        this.publisher = new Publisher(producer);
        this.listeners = listeners;
    }

    /** One turn; only the thread of the outbox comes here. */
    void publish() {
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(this.transaction.execute((status) -> batch()));
        }
    }

    /** Whether there may be more. */
    private boolean batch() {
        if (!this.database.sql(LOCK).query(Boolean.class).single()) {
            return false; // another replica publishes
        }
        List<Listeners.Published> rows = this.database.sql(NEXT)
            .param("most", MOST)
            .query((row, number) -> new Listeners.Published(row.getLong(1), row.getObject(2, UUID.class),
                    row.getString(3), row.getBytes(4)))
            .list();
        if (rows.isEmpty()) {
            return false;
        }
        this.publisher.publish(rows.stream().map(Outbox::record).toList());
        this.database.sql("update strategy.event set published = true where id between :first and :last")
            .params(Map.of("first", rows.getFirst().id(), "last", rows.getLast().id()))
            .update();
        this.listeners.hear(rows);
        return rows.size() == MOST;
    }

    private static ProducerRecord<String, byte[]> record(Listeners.Published event) {
        return new ProducerRecord<>(event.topic(), event.person().toString(), event.body());
    }

}
