package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.engine.BotInstance;
import pregao.strategy.engine.BotInstanceSnapshot;

/**
 * The table of desks, within the transaction that moves the offset on.
 */
final class BotInstanceRepository {

    private static final String WRITE = """
            insert into strategy.desk (bot, feed, symbol, last_minute, state) values (?, ?, ?, ?, cast(? as jsonb))
            on conflict (bot, feed, symbol) do update set last_minute = excluded.last_minute, state = excluded.state""";

    private static final String ALL = "select bot, feed, symbol, state from strategy.desk where bot = any(?)";

    private static final String READ = "select bot, state from strategy.desk where feed = ? and symbol = ? and bot = any(?)";

    private final JsonMapper json = JsonMapper.builder().build();

    void write(Connection connection, Collection<BotInstance> desks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (BotInstance desk : desks) {
                BotInstanceSnapshot state = desk.snapshot();
                statement.setObject(1, desk.botId());
                statement.setString(2, desk.instrument().feed());
                statement.setString(3, desk.instrument().symbol());
                statement.setLong(4, state.lastMinute());
                statement.setString(5, this.json.writeValueAsString(state));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * A desk as it was left.
     *
     * @param bot whose
     * @param instrument on what
     * @param state in which
     */
    record StoredBotInstance(UUID bot, Instrument instrument, BotInstanceSnapshot state) {

    }

    /** All that bots left. */
    List<StoredBotInstance> all(Connection connection, Collection<UUID> bots) throws SQLException {
        List<StoredBotInstance> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.setArray(1, connection.createArrayOf("uuid", bots.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new StoredBotInstance(row.getObject(1, UUID.class),
                            new Instrument(row.getString(2), row.getString(3)), state(row.getString(4))));
                }
            }
        }
        return found;
    }

    /**
     * How bots stand on an instrument.
     * @return by their ids; nothing of those that have not begun
     */
    Map<UUID, BotInstanceSnapshot> find(Connection connection, Instrument instrument, Collection<UUID> bots)
            throws SQLException {
        Map<UUID, BotInstanceSnapshot> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setArray(3, connection.createArrayOf("uuid", bots.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), state(row.getString(2)));
                }
            }
        }
        return found;
    }

    private BotInstanceSnapshot state(String text) {
        return this.json.readValue(text, BotInstanceSnapshot.class);
    }

}
