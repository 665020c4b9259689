package pregao.indicators.pipeline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import pregao.contracts.indicator.IndicatorConvention;

/**
 * The convention of each partition's stored values, in the table
 * {@code indicators.indicator_state}.
 */
final class ConventionRepository {

    private static final String SELECT = "select value from indicators.indicator_state where key = ?";

    private static final String UPSERT = """
            insert into indicators.indicator_state (key, value) values (?, ?)
            on conflict (key) do update set value = excluded.value""";

    /**
     * Finds the convention of a partition.
     * @return the name of the convention, or null if nothing was computed yet
     */
    @Nullable String find(Connection connection, int partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, toKey(partition));
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    void put(Connection connection, int partition, IndicatorConvention convention) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setString(1, toKey(partition));
            statement.setString(2, convention.text());
            statement.executeUpdate();
        }
    }

    private static String toKey(int partition) {
        return "convention/" + partition;
    }

}
