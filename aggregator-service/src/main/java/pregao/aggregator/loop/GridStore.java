package pregao.aggregator.loop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Moment;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * The table {@code instrument_grid}, and the candles that a new grid has no place for.
 */
final class GridStore {

    private static final String ALL = "select feed, symbol, day_zone, target, next_ts from market.instrument_grid";

    /** One look into the index a symbol. */
    private static final String SYMBOLS = """
            with recursive known as (
                (select symbol from market.candle where feed = ? order by symbol limit 1)
                union all
                select (select c.symbol from market.candle c where c.feed = ? and c.symbol > known.symbol
                        order by c.symbol limit 1)
                from known where known.symbol is not null)
            select symbol from known where symbol is not null""";

    private static final String PUT = """
            insert into market.instrument_grid (feed, symbol, day_zone, target, next_ts) values (?, ?, ?, ?, ?)
            on conflict (feed, symbol) do update
            set day_zone = excluded.day_zone, target = excluded.target, next_ts = excluded.next_ts, changed_at = now()""";

    private static final String FIRST_MINUTE = """
            select min(ts) from market.candle where feed = ? and symbol = ? and timeframe = 'M1' and ts >= ?""";

    private static final String LONGER = """
            select timeframe, ts from market.candle
            where feed = ? and symbol = ? and timeframe = any ('{M30,H1,H4,D1}') and ts >= ? and ts < ?""";

    private static final String DELETE_CANDLES = """
            delete from market.candle t using unnest(?::text[], ?::timestamptz[]) as k (timeframe, ts)
            where t.feed = ? and t.symbol = ? and t.timeframe = k.timeframe and t.ts = k.ts""";

    private static final String DELETE_INDICATORS = """
            delete from market.indicator t using unnest(?::text[], ?::timestamptz[]) as k (timeframe, ts)
            where t.feed = ? and t.symbol = ? and t.timeframe = k.timeframe and t.ts = k.ts""";

    /**
     * Reads how far every instrument with a grid is.
     */
    Map<Instrument, GridProgress> all(Connection connection) throws SQLException {
        Map<Instrument, GridProgress> all = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Instrument instrument = new Instrument(row.getString(1), row.getString(2));
                FeedClock built = FeedClock.parse(row.getString(3));
                String target = row.getString(4);
                all.put(instrument,
                        new GridProgress(instrument, built, (target != null) ? FeedClock.parse(target) : built,
                                (target != null) ? moment(row.getObject(5, OffsetDateTime.class)) : Long.MAX_VALUE));
            }
        }
        return all;
    }

    /**
     * Reads the instruments of a feed that have candles.
     */
    List<Instrument> instruments(Connection connection, String feed) throws SQLException {
        List<Instrument> instruments = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SYMBOLS)) {
            statement.setString(1, feed);
            statement.setString(2, feed);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    instruments.add(new Instrument(feed, row.getString(1)));
                }
            }
        }
        return instruments;
    }

    void put(Connection connection, GridProgress progress) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, progress.instrument().feed());
            statement.setString(2, progress.instrument().symbol());
            statement.setString(3, (progress.isDone() ? progress.target() : progress.built()).text());
            statement.setString(4, progress.isDone() ? null : progress.target().text());
            statement.setObject(5, progress.isDone() ? null : time(progress.next()));
            statement.executeUpdate();
        }
    }

    /**
     * Returns the first M1 from a moment on, or null where there is none.
     */
    @Nullable Long firstMinute(Connection connection, Instrument instrument, long from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST_MINUTE)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setObject(3, time(from));
            try (ResultSet row = statement.executeQuery()) {
                OffsetDateTime first = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
                return (first != null) ? moment(first) : null;
            }
        }
    }

    /**
     * Deletes the candles of a time whose buckets a grid does not have, and their
     * indicators.
     * @return how many candles
     */
    int deleteOffGrid(Connection connection, Instrument instrument, BucketGrid grid, long from, long to)
            throws SQLException {
        List<String> timeframes = new ArrayList<>();
        List<String> times = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LONGER)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setObject(3, time(from));
            statement.setObject(4, time(to));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long open = moment(row.getObject(2, OffsetDateTime.class));
                    if (!grid.isAligned(Timeframe.valueOf(row.getString(1)), open)) {
                        timeframes.add(row.getString(1));
                        times.add(Instant.ofEpochMilli(open).toString());
                    }
                }
            }
        }
        if (!times.isEmpty()) {
            delete(connection, DELETE_CANDLES, instrument, timeframes, times);
            delete(connection, DELETE_INDICATORS, instrument, timeframes, times);
        }
        return times.size();
    }

    private static void delete(Connection connection, String sql, Instrument instrument, List<String> timeframes,
            List<String> times) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, timeframes.toArray(String[]::new));
            statement.setObject(2, times.toArray(String[]::new));
            statement.setString(3, instrument.feed());
            statement.setString(4, instrument.symbol());
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime time(long moment) {
        return Instant.ofEpochMilli(Math.clamp(moment, Moment.FIRST, Moment.LAST)).atOffset(ZoneOffset.UTC);
    }

    private static long moment(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }

}
