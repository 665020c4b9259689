package pregao.pipeline.offset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table of offsets, such as {@code market.aggregator_state}. Its compare-and-set fences
 * a replaced owner, so that it cannot write.
 */
public final class OffsetRepository {

    private final String selectSql;

    private final String insertSql;

    private final String updateSql;

    /**
     * Creates a repository.
     * @param table the table name; the table has the columns {@code key}, {@code value},
     * and {@code candles}
     */
    public OffsetRepository(String table) {
        this.selectSql = "select value, candles::text from %s where key = ?".formatted(table);
        this.insertSql = "insert into %s (key, value) values (?, ?) on conflict do nothing".formatted(table);
        this.updateSql = """
                update %s set value = ?, candles = coalesce(?::jsonb, candles) where key = ? and value = ?"""
            .formatted(table);
    }

    /**
     * Finds the stored offset of a partition.
     * @param connection the connection to read with
     * @param key the key of the partition, such as {@code tick/3}
     * @return the offset, or null if none is stored
     * @throws SQLException if the query fails
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
     * Stores the first offset of a partition, unless one is stored.
     * @param connection a connection in a transaction
     * @param key the key of the partition, such as {@code tick/3}
     * @param offset the offset of the first record to read
     * @throws SQLException if the statement fails
     */
    public void insertIfAbsent(Connection connection, String key, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.insertSql)) {
            statement.setString(1, key);
            statement.setString(2, Long.toString(offset));
            statement.executeUpdate();
        }
    }

    /**
     * Advances stored offsets.
     * @param connection the connection of the transaction that stores the results of the
     * records
     * @param advances one advance for each partition
     * @throws SQLException if the statement fails
     * @throws FencedException if a stored offset is not the expected one
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
