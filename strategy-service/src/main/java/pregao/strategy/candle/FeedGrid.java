package pregao.strategy.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import pregao.contracts.Instrument;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * Static JDBC access to the bucket grid of stored candles.
 */
public final class FeedGrid {

    /**
     * {@code instrument_grid} has the grid of the stored candles, which are still on the
     * previous grid while they are rebuilt.
     */
    private static final String SELECT_DAY_ZONE = """
            select coalesce((select day_zone from market.instrument_grid where feed = ? and symbol = ?),
                            (select day_zone from market.feed where feed = ?), 'UTC')""";

    private FeedGrid() {
    }

    /**
     * Reads the grid of an instrument.
     * @param connection the connection to read with
     * @param instrument the instrument
     * @return the grid of its stored candles
     * @throws SQLException if a database access error occurs
     */
    public static BucketGrid read(Connection connection, Instrument instrument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_DAY_ZONE)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setString(3, instrument.feed());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return BucketGrid.of(FeedClock.parse(row.getString(1)));
            }
        }
    }

}
