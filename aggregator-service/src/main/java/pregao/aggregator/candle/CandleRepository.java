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
 * The table {@code candle}, written through its one door.
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
     * Puts candles.
     * @param connection in the transaction
     * @param candles each once
     * @return what came of each
     * @throws SQLException where the database refuses
     */
    public UpsertResult put(Connection connection, List<Candle> candles) throws SQLException {
        return put(connection, candles, List.of(), null);
    }

    /**
     * Puts candles, and lets provided candles be final by succession.
     * @param connection in the transaction
     * @param candles each once
     * @param closeBoundaries what is closed
     * @param promotion which provided candles may be final now, or null
     * @return what came of each, and of the provided candles
     * @throws SQLException where the database refuses
     */
    public UpsertResult put(Connection connection, List<Candle> candles, List<CloseBoundary> closeBoundaries,
            @Nullable FinalityPromotion promotion) throws SQLException {
        UpsertCall call = new UpsertCall();
        int start = 0;
        // Closings with the last call: each candle meets its provided one before that is
        // final by itself.
        for (; candles.size() - start > MAX_CANDLES_PER_CALL; start += MAX_CANDLES_PER_CALL) {
            call.execute(connection, "put", candles.subList(start, start + MAX_CANDLES_PER_CALL), List.of(), null);
        }
        if (start < candles.size() || !closeBoundaries.isEmpty()) {
            call.execute(connection, "put", candles.subList(start, candles.size()), closeBoundaries, promotion);
        }
        return call.toResult();
    }

    /**
     * Withdraws built candles of which no minute is left; what is provided stands then.
     * @param connection in the transaction
     * @param candles each once, with any values
     * @return what stands now, and what is gone
     * @throws SQLException where the database refuses
     */
    public UpsertResult withdraw(Connection connection, List<Candle> candles) throws SQLException {
        return execute(connection, "withdraw", candles);
    }

    /**
     * Removes provided and built candles whose buckets the feed no longer has.
     * @param connection in the transaction
     * @param candles each once, with any values
     * @return those that are gone, as they stood last, with the next revision
     * @throws SQLException where the database refuses
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
     * The M1 candles of whole days.
     * @param connection in the transaction
     * @param days which
     * @return by day, in order of time
     * @throws SQLException where the database refuses
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
     * Hands out every candle that is not final, a part at a time.
     * @param connection to read with
     * @param action takes them
     * @throws SQLException where the database refuses
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
