package pregao.indicators.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.market.indicator.IndicatorSet;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.CandleRowMapper;

/**
 * Reads the stored candles of series along the primary key.
 */
public final class CandleHistoryRepository {

    private static final String SELECT_BEFORE = """
            select (b.high * 100000000)::bigint, (b.low * 100000000)::bigint, (b.close * 100000000)::bigint, k.item
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            cross join lateral (
                select c.ts, c.high, c.low, c.close from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts < k.ts
                order by c.ts desc limit %d) b
            order by k.item, b.ts""".formatted(IndicatorSet.REACH);

    private static final String SELECT_LATER = """
            select k.item
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::integer[])
                with ordinality as k (feed, symbol, timeframe, ts, revision, item)
            where exists (select from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts >= k.ts
                    and (c.ts > k.ts or c.revision > k.revision))""";

    /** One index lookup for each series, however many of its candles arrived. */
    private static final String SELECT_WITHDRAWN = """
            select k.item, (extract(epoch from v.ts) * 1000)::bigint, v.revision
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, first, last, item)
            cross join lateral (select c.ts, c.revision from market.candle_version c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe
                    and c.ts >= k.first and c.ts <= k.last and c.kind = 'withdrawn'
                offset 0) v""";

    private static final String SELECT_FROM = """
            select %s from market.candle c
            where c.feed = ? and c.symbol = ? and c.timeframe = ? and c.ts >= ?
            order by c.ts limit ?""".formatted(CandleRowMapper.COLUMNS);

    /**
     * A separate query instead of a join, so that no plan reads a series once for each of
     * its candles.
     */
    private static final String SELECT_VALUES = """
            select (extract(epoch from ts) * 1000)::bigint, %s from market.indicator
            where feed = ? and symbol = ? and timeframe = ? and ts >= ? and ts <= ?
            order by ts""".formatted(IndicatorRowMapper.COLUMNS);

    private static final String SELECT_BY_KEYS = """
            select %s, c.feed, c.symbol, %s
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            cross join lateral (
                select * from market.candle
                where feed = k.feed and symbol = k.symbol and timeframe = k.timeframe and ts = k.ts offset 0) c
            cross join lateral (
                select * from market.indicator
                where feed = k.feed and symbol = k.symbol and timeframe = k.timeframe and ts = k.ts offset 0) i
            order by k.item""".formatted(CandleRowMapper.COLUMNS, IndicatorRowMapper.COLUMNS);

    private static final String SELECT_SERIES = """
            with recursive series as (
              (select feed, symbol, timeframe from market.candle order by feed, symbol, timeframe limit 1)
              union all
              select later.feed, later.symbol, later.timeframe from series cross join lateral (
                select feed, symbol, timeframe from market.candle
                where (feed, symbol, timeframe) > (series.feed, series.symbol, series.timeframe)
                order by feed, symbol, timeframe limit 1) later)
            select feed, symbol, timeframe from series""";

    private static final int INSTRUMENT_COLUMN = 13;

    private CandleHistoryRepository() {
    }

    /**
     * Adds the preceding candles of each series to its indicators, up to their reach.
     * @param connection the connection to read with
     * @param warmUps the series, their start times, and the indicators to warm up
     * @throws SQLException if the query fails
     */
    public static void warmUp(Connection connection, List<WarmUp> warmUps) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_BEFORE)) {
            bind(statement, warmUps);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    warmUps.get(row.getInt(4) - 1).indicators().add(row.getLong(1), row.getLong(2), row.getLong(3));
                }
            }
        }
    }

    /**
     * Finds the series with candles after their start, or a later revision at the start.
     * @param connection the connection to read with
     * @param warmUps the series, open times, and revisions
     * @return the warm-ups with later candles
     * @throws SQLException if the query fails
     */
    public static List<WarmUp> findWithLater(Connection connection, List<WarmUp> warmUps) throws SQLException {
        List<WarmUp> later = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_LATER)) {
            bind(statement, warmUps);
            statement.setObject(5, warmUps.stream().map(WarmUp::revision).toArray(Integer[]::new));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    later.add(warmUps.get(row.getInt(1) - 1));
                }
            }
        }
        return later;
    }

    /**
     * Finds candles with their stored values.
     * @param connection the connection to read with
     * @param keys the keys of the candles
     * @return the candles that have values, in the order of the keys
     * @throws SQLException if the query fails
     */
    public static List<CandleWithIndicators> find(Connection connection, List<CandleKey> keys) throws SQLException {
        List<CandleWithIndicators> candles = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_BY_KEYS)) {
            bind(statement, keys.stream().map((key) -> new SeriesKey(key.instrument(), key.timeframe())).toList(),
                    keys.stream().map(CandleKey::openTime).toList());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Instrument instrument = new Instrument(row.getString(INSTRUMENT_COLUMN),
                            row.getString(INSTRUMENT_COLUMN + 1));
                    candles.add(new CandleWithIndicators(CandleRowMapper.read(instrument, row, 1),
                            IndicatorRowMapper.read(row, INSTRUMENT_COLUMN + 2)));
                }
            }
        }
        return candles;
    }

    /**
     * Finds all series, by skipping along the primary key.
     * @param connection the connection to read with
     * @return the series
     * @throws SQLException if the query fails
     */
    public static List<SeriesKey> findAllSeries(Connection connection) throws SQLException {
        List<SeriesKey> series = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_SERIES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                series.add(new SeriesKey(new Instrument(row.getString(1), row.getString(2)),
                        Timeframe.valueOf(row.getString(3))));
            }
        }
        return series;
    }

    /**
     * Excludes older revisions of candles that were withdrawn and not stored again.
     * @param connection the connection to read with
     * @param candles the candles by series and open time
     * @return a copy without the excluded candles
     * @throws SQLException if the query fails
     */
    public static Map<SeriesKey, NavigableMap<Long, Candle>> excludeWithdrawn(Connection connection,
            Map<SeriesKey, NavigableMap<Long, Candle>> candles) throws SQLException {
        if (candles.isEmpty()) {
            return candles;
        }
        Map<SeriesKey, NavigableMap<Long, Candle>> remaining = new LinkedHashMap<>();
        candles.forEach((series, candlesByTime) -> remaining.put(series, new TreeMap<>(candlesByTime)));
        List<NavigableMap<Long, Candle>> maps = List.copyOf(remaining.values());
        try (PreparedStatement statement = connection.prepareStatement(SELECT_WITHDRAWN)) {
            bind(statement, List.copyOf(remaining.keySet()), maps.stream().map(NavigableMap::firstKey).toList());
            statement.setObject(5, toTimestamps(maps.stream().map(NavigableMap::lastKey).toList()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int index = row.getInt(1) - 1;
                    Candle candle = maps.get(index).get(row.getLong(2));
                    if (candle != null && candle.revision() < row.getInt(3)) {
                        maps.get(index).remove(candle.openTime());
                    }
                }
            }
        }
        remaining.values().removeIf(Map::isEmpty);
        return remaining;
    }

    private static void bind(PreparedStatement statement, List<WarmUp> warmUps) throws SQLException {
        bind(statement, warmUps.stream().map(WarmUp::series).toList(), warmUps.stream().map(WarmUp::openTime).toList());
    }

    private static void bind(PreparedStatement statement, List<SeriesKey> series, List<Long> openTimes)
            throws SQLException {
        statement.setObject(1, series.stream().map((key) -> key.instrument().feed()).toArray(String[]::new));
        statement.setObject(2, series.stream().map((key) -> key.instrument().symbol()).toArray(String[]::new));
        statement.setObject(3, series.stream().map((key) -> key.timeframe().name()).toArray(String[]::new));
        statement.setObject(4, toTimestamps(openTimes));
    }

    private static String[] toTimestamps(List<Long> openTimes) {
        return openTimes.stream().map((openTime) -> Instant.ofEpochMilli(openTime).toString()).toArray(String[]::new);
    }

    /**
     * Finds candles at or after an open time, with their stored values.
     * @param connection the connection to read with
     * @param series the series
     * @param openTime the first open time, in epoch milliseconds
     * @param limit the maximum number of candles
     * @return the candles, in order of time
     * @throws SQLException if a query fails
     */
    public static List<StoredCandle> findFrom(Connection connection, SeriesKey series, long openTime, int limit)
            throws SQLException {
        List<Candle> candles = findCandles(connection, series, openTime, limit);
        if (candles.isEmpty()) {
            return List.of();
        }
        Map<Long, IndicatorValues> values = findValues(connection, series, openTime, candles.getLast().openTime());
        return candles.stream().map((candle) -> new StoredCandle(candle, values.get(candle.openTime()))).toList();
    }

    private static List<Candle> findCandles(Connection connection, SeriesKey series, long openTime, int limit)
            throws SQLException {
        List<Candle> candles = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_FROM)) {
            bind(statement, series);
            statement.setObject(4, toOffsetDateTime(openTime));
            statement.setInt(5, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    candles.add(CandleRowMapper.read(series.instrument(), row, 1));
                }
            }
        }
        return candles;
    }

    private static Map<Long, IndicatorValues> findValues(Connection connection, SeriesKey series, long from, long last)
            throws SQLException {
        Map<Long, IndicatorValues> values = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_VALUES)) {
            bind(statement, series);
            statement.setObject(4, toOffsetDateTime(from));
            statement.setObject(5, toOffsetDateTime(last));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    values.put(row.getLong(1), IndicatorRowMapper.read(row, 2));
                }
            }
        }
        return values;
    }

    private static void bind(PreparedStatement statement, SeriesKey series) throws SQLException {
        statement.setString(1, series.instrument().feed());
        statement.setString(2, series.instrument().symbol());
        statement.setString(3, series.timeframe().name());
    }

    private static OffsetDateTime toOffsetDateTime(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
    }

    /**
     * Where to start a series, and the indicators to warm up.
     *
     * @param series the series
     * @param openTime the open time of the first new candle, in epoch milliseconds
     * @param revision the revision of the candle that arrived for that time
     * @param indicators the indicators that take the preceding candles
     */
    public record WarmUp(SeriesKey series, long openTime, int revision, IndicatorSet indicators) {
    }

}
