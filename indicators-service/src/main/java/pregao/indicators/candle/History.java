package pregao.indicators.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.loop.candle.CandleKey;
import pregao.loop.candle.CandleRow;
import pregao.market.indicator.Indicators;

/**
 * Reads the stored candles of series, along the primary key.
 */
public final class History {

    private static final String BEFORE = """
            select (b.high * 100000000)::bigint, (b.low * 100000000)::bigint, (b.close * 100000000)::bigint, k.item
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            cross join lateral (
                select c.ts, c.high, c.low, c.close from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts < k.ts
                order by c.ts desc limit %d) b
            order by k.item, b.ts""".formatted(Indicators.REACH);

    private static final String LATER = """
            select k.item
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            where exists (
                select from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts > k.ts)""";

    private static final String FROM = """
            select %s, i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower,
                i.ts is not null as known
            from market.candle c
            left join market.indicator i on i.feed = c.feed and i.symbol = c.symbol and i.timeframe = c.timeframe
                and i.ts = c.ts and i.feed = ? and i.symbol = ? and i.timeframe = ? and i.ts >= ?
            where c.feed = ? and c.symbol = ? and c.timeframe = ? and c.ts >= ?
            order by c.ts limit ?""".formatted(CandleRow.COLUMNS);

    private static final String KEYS = """
            select %s, i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower,
                c.feed, c.symbol
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as k (feed, symbol, timeframe, ts, item)
            join market.candle c using (feed, symbol, timeframe, ts)
            join market.indicator i using (feed, symbol, timeframe, ts)
            order by k.item""".formatted(CandleRow.COLUMNS);

    private static final String ALL = """
            with recursive series as (
              (select feed, symbol, timeframe from market.candle order by feed, symbol, timeframe limit 1)
              union all
              select later.feed, later.symbol, later.timeframe from series cross join lateral (
                select feed, symbol, timeframe from market.candle
                where (feed, symbol, timeframe) > (series.feed, series.symbol, series.timeframe)
                order by feed, symbol, timeframe limit 1) later)
            select feed, symbol, timeframe from series""";

    private static final int FIRST_VALUE = 13;

    private History() {
    }

    /**
     * Gives each series the candles before a moment, as many as its indicators reach
     * back.
     * @param connection to read with
     * @param moments series and the open times they begin at, and what takes their
     * candles
     * @throws SQLException where the database refuses
     */
    public static void before(Connection connection, List<Start> moments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            bind(statement, moments);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    moments.get(row.getInt(4) - 1).indicators().add(row.getLong(1), row.getLong(2), row.getLong(3));
                }
            }
        }
    }

    /**
     * Which of the series have candles after their moments.
     * @param connection to read with
     * @param moments series and open times
     * @return those of the moments
     * @throws SQLException where the database refuses
     */
    public static List<Start> withLater(Connection connection, List<Start> moments) throws SQLException {
        List<Start> later = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LATER)) {
            bind(statement, moments);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    later.add(moments.get(row.getInt(1) - 1));
                }
            }
        }
        return later;
    }

    /**
     * Candles with their stored values, by their keys.
     * @param connection to read with
     * @param keys which
     * @return those that have values, in order of the keys
     * @throws SQLException where the database refuses
     */
    public static List<Valued> find(Connection connection, List<CandleKey> keys) throws SQLException {
        List<Valued> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            bind(statement, keys.stream().map((key) -> new Series(key.instrument(), key.timeframe())).toList(),
                    keys.stream().map(CandleKey::openTime).toList());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Instrument instrument = new Instrument(row.getString("feed"), row.getString("symbol"));
                    found.add(new Valued(CandleRow.read(instrument, row, 1), values(row)));
                }
            }
        }
        return found;
    }

    /**
     * Every series there is, found by jumping along the primary key.
     * @param connection to read with
     * @return all of them
     * @throws SQLException where the database refuses
     */
    public static List<Series> all(Connection connection) throws SQLException {
        List<Series> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(new Series(new Instrument(row.getString(1), row.getString(2)),
                        Timeframe.valueOf(row.getString(3))));
            }
        }
        return all;
    }

    private static void bind(PreparedStatement statement, List<Start> moments) throws SQLException {
        bind(statement, moments.stream().map(Start::series).toList(), moments.stream().map(Start::openTime).toList());
    }

    private static void bind(PreparedStatement statement, List<Series> series, List<Long> openTimes)
            throws SQLException {
        statement.setObject(1, series.stream().map((each) -> each.instrument().feed()).toArray(String[]::new));
        statement.setObject(2, series.stream().map((each) -> each.instrument().symbol()).toArray(String[]::new));
        statement.setObject(3, series.stream().map((each) -> each.timeframe().name()).toArray(String[]::new));
        statement.setObject(4,
                openTimes.stream().map((each) -> Instant.ofEpochMilli(each).toString()).toArray(String[]::new));
    }

    /**
     * Candles from a moment on with their stored values.
     * @param connection to read with
     * @param series of which
     * @param openTime the first one's at the earliest, epoch milliseconds
     * @param limit at most so many
     * @return in order of time
     * @throws SQLException where the database refuses
     */
    public static List<Stored> from(Connection connection, Series series, long openTime, int limit)
            throws SQLException {
        List<Stored> found = new ArrayList<>();
        OffsetDateTime moment = Instant.ofEpochMilli(openTime).atOffset(ZoneOffset.UTC);
        try (PreparedStatement statement = connection.prepareStatement(FROM)) {
            for (int at = 1; at <= 5; at += 4) {
                statement.setString(at, series.instrument().feed());
                statement.setString(at + 1, series.instrument().symbol());
                statement.setString(at + 2, series.timeframe().name());
                statement.setObject(at + 3, moment);
            }
            statement.setInt(9, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Candle candle = CandleRow.read(series.instrument(), row, 1);
                    found.add(new Stored(candle, row.getBoolean("known") ? values(row) : null));
                }
            }
        }
        return found;
    }

    private static IndicatorValues values(ResultSet row) throws SQLException {
        double[] values = new double[8];
        for (int i = 0; i < values.length; i++) {
            double value = row.getDouble(FIRST_VALUE + i);
            values[i] = row.wasNull() ? Double.NaN : value;
        }
        return new IndicatorValues(values[0], values[1], values[2], values[3], values[4], values[5], values[6],
                values[7]);
    }

    /**
     * Where the reading of a series begins.
     *
     * @param series which
     * @param openTime epoch milliseconds
     * @param indicators what takes its candles
     */
    public record Start(Series series, long openTime, Indicators indicators) {
    }

}
