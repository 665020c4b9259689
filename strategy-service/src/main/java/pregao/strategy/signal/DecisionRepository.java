package pregao.strategy.signal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;

import tools.jackson.databind.json.JsonMapper;

/**
 * The table of decisions, written in the transaction of the trading pipeline.
 */
public final class DecisionRepository {

    private static final String INSERT = """
            insert into strategy.decision (bot, at, feed, symbol, id, side, reason, inputs)
            values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb)) on conflict do nothing""";

    private static final JsonMapper JSON_MAPPER = JsonMapper.builder().build();

    private DecisionRepository() {
    }

    /**
     * Inserts decisions.
     * @param connection the connection of the transaction
     * @param decisions the decisions
     * @throws SQLException if the database fails
     */
    public static void insert(Connection connection, Collection<Decision> decisions) throws SQLException {
        if (decisions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Decision decision : decisions) {
                statement.setObject(1, decision.bot());
                statement.setObject(2, Instant.ofEpochMilli(decision.at()).atOffset(ZoneOffset.UTC));
                statement.setString(3, decision.instrument().feed());
                statement.setString(4, decision.instrument().symbol());
                statement.setObject(5, decision.id());
                statement.setString(6, decision.side());
                statement.setString(7, decision.reason());
                statement.setString(8, JSON_MAPPER.writeValueAsString(decision.inputs()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

}
