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

    private static final int MOST_A_CALL = 2_000;

    private static final String MINUTES = """
            select k.item, %s
            from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                with ordinality as k (feed, symbol, day, until, item)
            cross join lateral (
                select * from market.candle
                where feed = k.feed and symbol = k.symbol and timeframe = 'M1'
                    and ts >= k.day and ts < k.until
                order by ts) c
            order by k.item, c.ts""".formatted(CandleRowMapper.COLUMNS);

    private static final String FORMING = """
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
     * @param closings what is closed
     * @param promotion which provided candles may be final now, or null
     * @return what came of each, and of the provided candles
     * @throws SQLException where the database refuses
     */
    public UpsertResult put(Connection connection, List<Candle> candles, List<CloseBoundary> closings,
            @Nullable FinalityPromotion promotion) throws SQLException {
        UpsertCall call = new UpsertCall();
        int from = 0;
        // Closings with the last call: each candle meets its provided one before that is
        // final by itself.
        for (; candles.size() - from > MOST_A_CALL; from += MOST_A_CALL) {
            call.call(connection, "put", candles.subList(from, from + MOST_A_CALL), List.of(), null);
        }
        if (from < candles.size() || !closings.isEmpty()) {
            call.call(connection, "put", candles.subList(from, candles.size()), closings, promotion);
        }
        return call.put();
    }

    /**
     * Withdraws built candles of which no minute is left; what is provided stands then.
     * @param connection in the transaction
     * @param candles each once, with any values
     * @return what stands now, and what is gone
     * @throws SQLException where the database refuses
     */
    public UpsertResult withdraw(Connection connection, List<Candle> candles) throws SQLException {
        return call(connection, "withdraw", candles);
    }

    /**
     * Removes provided and built candles whose buckets the feed no longer has.
     * @param connection in the transaction
     * @param candles each once, with any values
     * @return those that are gone, as they stood last, with the next revision
     * @throws SQLException where the database refuses
     */
    public List<Candle> remove(Connection connection, List<Candle> candles) throws SQLException {
        return call(connection, "remove", candles).withdrawn();
    }

    private static UpsertResult call(Connection connection, String action, List<Candle> candles) throws SQLException {
        UpsertCall call = new UpsertCall();
        if (!candles.isEmpty()) {
            call.call(connection, action, candles, List.of(), null);
        }
        return call.put();
    }

    /**
     * The M1 candles of whole days.
     * @param connection in the transaction
     * @param days which
     * @return by day, in order of time
     * @throws SQLException where the database refuses
     */
    public Map<InstrumentDay, List<Candle>> minutes(Connection connection, Collection<InstrumentDay> days)
            throws SQLException {
        List<InstrumentDay> asked = List.copyOf(days);
        Map<InstrumentDay, List<Candle>> minutes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(MINUTES)) {
            statement.setObject(1,
                    asked.stream().map((instrumentDay) -> instrumentDay.instrument().feed()).toArray(String[]::new));
            statement.setObject(2, asked.stream().map((each) -> each.instrument().symbol()).toArray(String[]::new));
            statement.setObject(3,
                    asked.stream().map((each) -> Instant.ofEpochMilli(each.day()).toString()).toArray(String[]::new));
            statement.setObject(4,
                    asked.stream().map((each) -> Instant.ofEpochMilli(each.end()).toString()).toArray(String[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    InstrumentDay day = asked.get(result.getInt(1) - 1);
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
     * @param each takes them
     * @throws SQLException where the database refuses
     */
    public void forming(Connection connection, Consumer<CandleKey> each) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(FORMING)) {
            statement.setFetchSize(MOST_A_CALL);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    each.accept(new CandleKey(new Instrument(result.getString(1), result.getString(2)),
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
