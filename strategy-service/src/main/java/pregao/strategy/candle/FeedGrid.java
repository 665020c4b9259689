package pregao.strategy.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import pregao.contracts.Instrument;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * Reads on which grid the stored candles of an instrument start.
 */
public final class FeedGrid {

    /** While they are rebuilt, the stored candles are still on the grid before. */
    private static final String SELECT_DAY_ZONE = """
            select coalesce((select day_zone from market.instrument_grid where feed = ? and symbol = ?),
                            (select day_zone from market.feed where feed = ?), 'UTC')""";

    private FeedGrid() {
    }

    /**
     * Reads a grid.
     * @param connection to read with
     * @param instrument of which
     * @return the grid that its stored candles have
     * @throws SQLException where the database refuses
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
