package pregao.aggregator.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.CandleRowMapper;

/**
 * Reads and writes {@code market.candle}. All writes go through the function
 * {@code market.put_candles}.
 */
public final class CandleRepository {

    private static final int MAX_CANDLES_PER_CALL = 2_000;

    private static final String SELECT_MINUTES = """
            select k.item, %s
            from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                with ordinality as k (feed, symbol, day, until, item)
            cross join lateral (
                select * from market.candle
                where feed = k.feed and symbol = k.symbol and timeframe = 'M1'
                    and ts >= k.day and ts < k.until
                order by ts) c
            order by k.item, c.ts""".formatted(CandleRowMapper.COLUMNS);

    private static final String SELECT_FORMING = """
            select feed, symbol, timeframe, ts from market.candle where not final""";

    /**
     * Stores candles.
     * @param connection the connection, in the transaction
     * @param candles the candles, each once
     * @return the outcome for each candle
     * @throws SQLException if the statement fails
     */
    public UpsertResult put(Connection connection, List<Candle> candles) throws SQLException {
        return put(connection, candles, List.of(), null);
    }

    /**
     * Stores candles, and makes provided candles final by succession: a provided candle
     * that still forms becomes final once its bucket is closed.
     * @param connection the connection, in the transaction
     * @param candles the candles, each once
     * @param closeBoundaries until when the buckets of instruments are closed
     * @param promotion which provided candles may become final now, or null for none
     * @return the outcome for each candle, and the provided candles that became final
     * @throws SQLException if the statement fails
     */
    public UpsertResult put(Connection connection, List<Candle> candles, List<CloseBoundary> closeBoundaries,
            @Nullable FinalityPromotion promotion) throws SQLException {
        UpsertCall call = new UpsertCall();
        int start = 0;
        // The boundaries go with the last call, so that each candle meets its provided
        // one before that becomes final by itself.
        for (; candles.size() - start > MAX_CANDLES_PER_CALL; start += MAX_CANDLES_PER_CALL) {
            call.execute(connection, "put", candles.subList(start, start + MAX_CANDLES_PER_CALL), List.of(), null);
        }
        if (start < candles.size() || !closeBoundaries.isEmpty()) {
            call.execute(connection, "put", candles.subList(start, candles.size()), closeBoundaries, promotion);
        }
        return call.toResult();
    }

    /**
     * Withdraws aggregated candles whose minutes are all gone. A provided candle takes
     * their place if there is one.
     * @param connection the connection, in the transaction
     * @param candles the candles, each once; their values are ignored
     * @return the candles that stand now, and the withdrawn ones
     * @throws SQLException if the statement fails
     */
    public UpsertResult withdraw(Connection connection, List<Candle> candles) throws SQLException {
        return execute(connection, "withdraw", candles);
    }

    /**
     * Removes provided and aggregated candles whose buckets the feed no longer has.
     * @param connection the connection, in the transaction
     * @param candles the candles, each once; their values are ignored
     * @return the removed candles with their last values and the next revision
     * @throws SQLException if the statement fails
     */
    public List<Candle> remove(Connection connection, List<Candle> candles) throws SQLException {
        return execute(connection, "remove", candles).withdrawn();
    }

    private static UpsertResult execute(Connection connection, String action, List<Candle> candles)
            throws SQLException {
        UpsertCall call = new UpsertCall();
        if (!candles.isEmpty()) {
            call.execute(connection, action, candles, List.of(), null);
        }
        return call.toResult();
    }

    /**
     * Finds the M1 candles of days.
     * @param connection the connection, in the transaction
     * @param days the days
     * @return the candles by day, in order of time
     * @throws SQLException if the query fails
     */
    public Map<InstrumentDay, List<Candle>> findMinutes(Connection connection, Collection<InstrumentDay> days)
            throws SQLException {
        List<InstrumentDay> indexedDays = List.copyOf(days);
        Map<InstrumentDay, List<Candle>> minutes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_MINUTES)) {
            statement.setObject(1, indexedDays.stream().map((day) -> day.instrument().feed()).toArray(String[]::new));
            statement.setObject(2, indexedDays.stream().map((day) -> day.instrument().symbol()).toArray(String[]::new));
            statement.setObject(3,
                    indexedDays.stream()
                        .map((day) -> Instant.ofEpochMilli(day.day()).toString())
                        .toArray(String[]::new));
            statement.setObject(4,
                    indexedDays.stream()
                        .map((day) -> Instant.ofEpochMilli(day.end()).toString())
                        .toArray(String[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    InstrumentDay day = indexedDays.get(result.getInt(1) - 1);
                    minutes.computeIfAbsent(day, (key) -> new ArrayList<>())
                        .add(CandleRowMapper.read(day.instrument(), result, 2));
                }
            }
        }
        return minutes;
    }

    /**
     * Passes the key of every candle that is not final to an action. Rows are fetched in
     * portions.
     * @param connection the connection to read with
     * @param action takes the keys
     * @throws SQLException if the query fails
     */
    public void forEachForming(Connection connection, Consumer<CandleKey> action) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(SELECT_FORMING)) {
            statement.setFetchSize(MAX_CANDLES_PER_CALL);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    action.accept(new CandleKey(new Instrument(result.getString(1), result.getString(2)),
                            Timeframe.valueOf(result.getString(3)), result.getTimestamp(4).getTime()));
                }
            }
        }
        finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

}
