package pregao.loop.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;

/**
 * Reads candles by their keys.
 */
public final class StoredCandles {

    private static final String KEYS = """
            select c.feed, c.symbol, %s
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            join market.candle c on c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe
                and c.ts = k.ts
            order by k.item""".formatted(CandleRow.COLUMNS);

    private StoredCandles() {
    }

    /**
     * Candles as they are stored now.
     * @param connection to read with
     * @param keys which
     * @return those that are there, in order of the keys
     * @throws SQLException where the database refuses
     */
    public static List<Candle> find(Connection connection, List<CandleKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setObject(1, keys.stream().map((key) -> key.instrument().feed()).toArray(String[]::new));
            statement.setObject(2, keys.stream().map((key) -> key.instrument().symbol()).toArray(String[]::new));
            statement.setObject(3, keys.stream().map((key) -> key.timeframe().name()).toArray(String[]::new));
            statement.setObject(4,
                    keys.stream().map((key) -> Instant.ofEpochMilli(key.openTime()).toString()).toArray(String[]::new));
            return read(statement);
        }
    }

    /**
     * The candles of a query of feed, symbol and {@link CandleRow#COLUMNS}.
     * @param statement with its parameters
     * @return what it finds, in its order
     * @throws SQLException where the database refuses
     */
    public static List<Candle> read(PreparedStatement statement) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                candles.add(CandleRow.read(new Instrument(result.getString(1), result.getString(2)), result, 3));
            }
        }
        return candles;
    }

}
