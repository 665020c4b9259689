package pregao.pipeline.offset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table of progress, such as {@code market.aggregator_state}: the fence that keeps a
 * replaced owner from writing.
 */
public final class OffsetRepository {

    private final String selectSql;

    private final String insertSql;

    private final String updateSql;

    /**
     * A store.
     * @param table its name, with the columns {@code key}, {@code value} and
     * {@code candles}
     */
    public OffsetRepository(String table) {
        this.selectSql = "select value, candles::text from %s where key = ?".formatted(table);
        this.insertSql = "insert into %s (key, value) values (?, ?) on conflict do nothing".formatted(table);
        this.updateSql = """
                update %s set value = ?, candles = coalesce(?::jsonb, candles) where key = ? and value = ?"""
            .formatted(table);
    }

    /**
     * How far a partition is.
     * @param connection to read with
     * @param key such as {@code tick/3}
     * @return where, or null where nobody began
     * @throws SQLException where the database refuses
     */
    public @Nullable StoredOffset find(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.selectSql)) {
            statement.setString(1, key);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? new StoredOffset(Long.parseLong(result.getString(1)), result.getString(2))
                        : null;
            }
        }
    }

    /**
     * Begins a partition, unless somebody did.
     * @param connection in a transaction
     * @param key such as {@code tick/3}
     * @param offset the first record
     * @throws SQLException where the database refuses
     */
    public void insertIfAbsent(Connection connection, String key, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.insertSql)) {
            statement.setString(1, key);
            statement.setString(2, Long.toString(offset));
            statement.executeUpdate();
        }
    }

    /**
     * Moves partitions.
     * @param connection in the transaction that stores what the moves are about
     * @param advances each partition once
     * @throws SQLException where the database refuses
     * @throws FencedException where a partition is not where its mover thinks
     */
    public void advance(Connection connection, List<OffsetAdvance> advances) throws SQLException {
        List<OffsetAdvance> sortedAdvances = advances.stream()
            .sorted(Comparator.comparing(OffsetAdvance::key))
            .toList();
        try (PreparedStatement statement = connection.prepareStatement(this.updateSql)) {
            for (OffsetAdvance advance : sortedAdvances) {
                statement.setString(1, Long.toString(advance.to()));
                statement.setString(2, advance.candles());
                statement.setString(3, advance.key());
                statement.setString(4, Long.toString(advance.from()));
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 1) {
                    throw new FencedException("%s is not at %d any more".formatted(sortedAdvances.get(i).key(),
                            sortedAdvances.get(i).from()));
                }
            }
        }
    }

}
