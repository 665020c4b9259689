package pregao.strategy.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import pregao.strategy.database.AdvisoryLock;

/**
 * The table of events, within the transaction of what happened. Places are given under a
 * lock for each person that is held until the end of the transaction, so whoever has read
 * the events of a person up to a place has missed none before it.
 */
public final class OutboxRepository {

    private static final String PLACES = "select nextval('strategy.event_id') from generate_series(1, ?)";

    private static final String ADD = "insert into strategy.event (id, person, topic, body, at) values (?, ?, ?, ?, ?)";

    private OutboxRepository() {
    }

    /**
     * Adds events; to be done last in a transaction.
     * @param connection in the transaction
     * @param events in their order
     * @param now this moment
     * @throws SQLException where the database refuses
     */
    public static void add(Connection connection, List<LedgerEvent> events, Instant now) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        AdvisoryLock.EVENTS.lockAll(connection, events.stream().map(LedgerEvent::person).toList());
        try (PreparedStatement places = connection.prepareStatement(PLACES);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            places.setInt(1, events.size());
            try (ResultSet place = places.executeQuery()) {
                for (LedgerEvent event : events) {
                    place.next();
                    add.setLong(1, place.getLong(1));
                    add.setObject(2, event.person());
                    add.setString(3, event.topic().topicName());
                    add.setBytes(4, event.body().apply(place.getLong(1)));
                    add.setObject(5, now.atOffset(ZoneOffset.UTC));
                    add.addBatch();
                }
            }
            add.executeBatch();
        }
    }

}
