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

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.loop.candle.CandleKey;
import pregao.loop.candle.CandleRow;

/**
 * The table {@code candle}, written through its one door.
 */
public final class CandleStore {

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
            order by k.item, c.ts""".formatted(CandleRow.COLUMNS);

    private static final String FORMING = """
            select feed, symbol, timeframe, ts from market.candle where not final""";

    /**
     * Puts candles.
     * @param connection in the transaction
     * @param candles each once
     * @return what came of each
     * @throws SQLException where the database refuses
     */
    public Put put(Connection connection, List<Candle> candles) throws SQLException {
        List<Candle> stored = new ArrayList<>(candles.size());
        List<Candle> refused = new ArrayList<>();
        List<Candle> closedBefore = new ArrayList<>();
        for (int from = 0; from < candles.size(); from += MOST_A_CALL) {
            List<Candle> call = candles.subList(from, Math.min(from + MOST_A_CALL, candles.size()));
            try (PreparedStatement statement = connection.prepareStatement(CandleArrays.CALL)) {
                new CandleArrays(call).bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        Candle candle = call.get(result.getInt(1) - 1);
                        int revision = result.getInt(3);
                        if (!"duplicate".equals(result.getString(2))) {
                            stored.add(candle.withRevision(revision));
                        }
                        else if (!candle.complete() && revision > 0) {
                            closedBefore.add(candle);
                        }
                        else {
                            refused.add(candle);
                        }
                    }
                }
            }
        }
        return new Put(stored, refused, closedBefore);
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
            statement.setObject(1, asked.stream().map((each) -> each.instrument().feed()).toArray(String[]::new));
            statement.setObject(2, asked.stream().map((each) -> each.instrument().symbol()).toArray(String[]::new));
            statement.setObject(3,
                    asked.stream().map((each) -> Instant.ofEpochMilli(each.day()).toString()).toArray(String[]::new));
            statement.setObject(4,
                    asked.stream().map((each) -> Instant.ofEpochMilli(each.end()).toString()).toArray(String[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    InstrumentDay day = asked.get(result.getInt(1) - 1);
                    minutes.computeIfAbsent(day, (key) -> new ArrayList<>())
                        .add(CandleRow.read(day.instrument(), result, 2));
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
