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
 * The table {@code strategy.desk} with the snapshots of bot instances. It is written in
 * the transaction that also writes the consumer offsets.
 */
final class BotInstanceRepository {

    private static final String UPSERT = """
            insert into strategy.desk (bot, feed, symbol, last_minute, state) values (?, ?, ?, ?, cast(? as jsonb))
            on conflict (bot, feed, symbol) do update set last_minute = excluded.last_minute, state = excluded.state""";

    private static final String SELECT_BY_BOTS = "select bot, feed, symbol, state from strategy.desk where bot = any(?)";

    private static final String SELECT_BY_INSTRUMENT = "select bot, state from strategy.desk where feed = ? and symbol = ? and bot = any(?)";

    private final JsonMapper jsonMapper = JsonMapper.builder().build();

    void save(Connection connection, Collection<BotInstance> instances) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (BotInstance instance : instances) {
                BotInstanceSnapshot state = instance.snapshot();
                statement.setObject(1, instance.botId());
                statement.setString(2, instance.instrument().feed());
                statement.setString(3, instance.instrument().symbol());
                statement.setLong(4, state.lastMinute());
                statement.setString(5, this.jsonMapper.writeValueAsString(state));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * A stored bot instance.
     *
     * @param bot the id of the bot
     * @param instrument the instrument that the instance trades
     * @param state the snapshot
     */
    record StoredBotInstance(UUID bot, Instrument instrument, BotInstanceSnapshot state) {

    }

    /** Returns all stored instances of the given bots. */
    List<StoredBotInstance> findByBots(Connection connection, Collection<UUID> bots) throws SQLException {
        List<StoredBotInstance> stored = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_BY_BOTS)) {
            statement.setArray(1, connection.createArrayOf("uuid", bots.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stored.add(new StoredBotInstance(row.getObject(1, UUID.class),
                            new Instrument(row.getString(2), row.getString(3)), parse(row.getString(4))));
                }
            }
        }
        return stored;
    }

    /**
     * Returns the snapshots of bots on an instrument.
     * @return the snapshots by bot id, without the bots that have none
     */
    Map<UUID, BotInstanceSnapshot> findByInstrument(Connection connection, Instrument instrument, Collection<UUID> bots)
            throws SQLException {
        Map<UUID, BotInstanceSnapshot> snapshots = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_BY_INSTRUMENT)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setArray(3, connection.createArrayOf("uuid", bots.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    snapshots.put(row.getObject(1, UUID.class), parse(row.getString(2)));
                }
            }
        }
        return snapshots;
    }

    private BotInstanceSnapshot parse(String json) {
        return this.jsonMapper.readValue(json, BotInstanceSnapshot.class);
    }

}
