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

    private final String find;

    private final String begin;

    private final String move;

    /**
     * A store.
     * @param table its name, with the columns {@code key}, {@code value} and
     * {@code candles}
     */
    public OffsetRepository(String table) {
        this.find = "select value, candles::text from %s where key = ?".formatted(table);
        this.begin = "insert into %s (key, value) values (?, ?) on conflict do nothing".formatted(table);
        this.move = """
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
        try (PreparedStatement statement = connection.prepareStatement(this.find)) {
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
    public void begin(Connection connection, String key, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.begin)) {
            statement.setString(1, key);
            statement.setString(2, Long.toString(offset));
            statement.executeUpdate();
        }
    }

    /**
     * Moves partitions.
     * @param connection in the transaction that stores what the moves are about
     * @param moves each partition once
     * @throws SQLException where the database refuses
     * @throws FencedException where a partition is not where its mover thinks
     */
    public void move(Connection connection, List<OffsetAdvance> moves) throws SQLException {
        List<OffsetAdvance> ordered = moves.stream().sorted(Comparator.comparing(OffsetAdvance::key)).toList();
        try (PreparedStatement statement = connection.prepareStatement(this.move)) {
            for (OffsetAdvance move : ordered) {
                statement.setString(1, Long.toString(move.to()));
                statement.setString(2, move.candles());
                statement.setString(3, move.key());
                statement.setString(4, Long.toString(move.from()));
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 1) {
                    throw new FencedException(
                            "%s is not at %d any more".formatted(ordered.get(i).key(), ordered.get(i).from()));
                }
            }
        }
    }

}
