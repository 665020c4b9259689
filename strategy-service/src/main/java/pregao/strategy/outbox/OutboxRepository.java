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
 * The table of events. Events are inserted in the transaction of the change. Their ids
 * are assigned under a lock per user that is held until the end of the transaction. So a
 * reader who has seen the events of a user up to an id has missed none before it.
 */
public final class OutboxRepository {

    private static final String SELECT_IDS = "select nextval('strategy.event_id') from generate_series(1, ?)";

    private static final String INSERT = "insert into strategy.event (id, person, topic, body, at) values (?, ?, ?, ?, ?)";

    private OutboxRepository() {
    }

    /**
     * Inserts events. This must be the last step of a transaction.
     * @param connection the connection of the transaction
     * @param events the events in order
     * @param now the current time
     * @throws SQLException if the database fails
     */
    public static void insert(Connection connection, List<LedgerEvent> events, Instant now) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        AdvisoryLock.EVENTS.lockAll(connection, events.stream().map(LedgerEvent::person).toList());
        try (PreparedStatement selectIds = connection.prepareStatement(SELECT_IDS);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            selectIds.setInt(1, events.size());
            try (ResultSet ids = selectIds.executeQuery()) {
                for (LedgerEvent event : events) {
                    ids.next();
                    insert.setLong(1, ids.getLong(1));
                    insert.setObject(2, event.person());
                    insert.setString(3, event.topic().topicName());
                    insert.setBytes(4, event.body().apply(ids.getLong(1)));
                    insert.setObject(5, now.atOffset(ZoneOffset.UTC));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

}
