package pregao.pipeline.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;

/**
 * Reads candles by their keys.
 */
public final class StoredCandleRepository {

    // Looks up each key within the time bounds of all keys, so that few chunks of a
    // hypertable are opened and none is read as a whole.
    private static final String SELECT_CURRENT = """
            select k.feed, k.symbol, %s
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            cross join lateral (
                select * from market.candle
                where feed = k.feed and symbol = k.symbol and timeframe = k.timeframe and ts = k.ts
                    and ts >= ?::timestamptz and ts <= ?::timestamptz
                offset 0) c
            order by k.item""".formatted(CandleRowMapper.COLUMNS);

    private static final String SELECT_WITHDRAWN = """
            select k.feed, k.symbol, c.timeframe, (extract(epoch from c.ts) * 1000)::bigint,
                (c.open * 100000000)::bigint, (c.high * 100000000)::bigint, (c.low * 100000000)::bigint,
                (c.close * 100000000)::bigint, c.volume, (c.spread * 100000000)::bigint, c.spread_unit, c.source,
                false, c.revision
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            join market.candle_version c using (feed, symbol, timeframe, ts)
            where c.kind = 'withdrawn' and c.ts >= ?::timestamptz and c.ts <= ?::timestamptz
            order by k.item""";

    private StoredCandleRepository() {
    }

    /**
     * Finds candles as they are stored now.
     * @param connection the connection to read with
     * @param keys the keys of the candles
     * @return the candles that exist, in the order of the keys
     * @throws SQLException if the query fails
     */
    public static List<Candle> find(Connection connection, List<CandleKey> keys) throws SQLException {
        return find(connection, SELECT_CURRENT, keys);
    }

    /**
     * Finds candles that were withdrawn and not stored again since.
     * @param connection the connection to read with
     * @param keys the keys of the candles
     * @return the last values of each candle, with the revision of its withdrawal, in the
     * order of the keys
     * @throws SQLException if the query fails
     */
    public static List<Candle> findWithdrawn(Connection connection, List<CandleKey> keys) throws SQLException {
        return find(connection, SELECT_WITHDRAWN, keys);
    }

    private static List<Candle> find(Connection connection, String sql, List<CandleKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, keys.stream().map((key) -> key.instrument().feed()).toArray(String[]::new));
            statement.setObject(2, keys.stream().map((key) -> key.instrument().symbol()).toArray(String[]::new));
            statement.setObject(3, keys.stream().map((key) -> key.timeframe().name()).toArray(String[]::new));
            statement.setObject(4,
                    keys.stream().map((key) -> Instant.ofEpochMilli(key.openTime()).toString()).toArray(String[]::new));
            LongSummaryStatistics openTimes = keys.stream().mapToLong(CandleKey::openTime).summaryStatistics();
            statement.setString(5, Instant.ofEpochMilli(openTimes.getMin()).toString());
            statement.setString(6, Instant.ofEpochMilli(openTimes.getMax()).toString());
            return readCandles(statement);
        }
    }

    /**
     * Runs a query for feed, symbol, and {@link CandleRowMapper#COLUMNS}.
     * @param statement the statement, with its parameters set
     * @return the candles, in the order of the rows
     * @throws SQLException if the query fails
     */
    public static List<Candle> readCandles(PreparedStatement statement) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                candles.add(CandleRowMapper.read(new Instrument(result.getString(1), result.getString(2)), result, 3));
            }
        }
        return candles;
    }

}
