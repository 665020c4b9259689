package pregao.aggregator.pipeline;

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

import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * The table {@code market.instrument_grid}, and the candles that are not aligned to a new
 * grid.
 */
final class GridRepository {

    private static final String SELECT_ALL = "select feed, symbol, day_zone, target, next_ts from market.instrument_grid";

    /** One index lookup for each symbol. */
    private static final String SELECT_SYMBOLS = """
            with recursive known as (
                (select symbol from market.candle where feed = ? order by symbol limit 1)
                union all
                select (select c.symbol from market.candle c where c.feed = ? and c.symbol > known.symbol
                        order by c.symbol limit 1)
                from known where known.symbol is not null)
            select symbol from known where symbol is not null""";

    private static final String UPSERT = """
            insert into market.instrument_grid (feed, symbol, day_zone, target, next_ts) values (?, ?, ?, ?, ?)
            on conflict (feed, symbol) do update
            set day_zone = excluded.day_zone, target = excluded.target, next_ts = excluded.next_ts, changed_at = now()""";

    private static final String SELECT_FIRST_MINUTE = """
            select min(ts) from market.candle where feed = ? and symbol = ? and timeframe = 'M1' and ts >= ?""";

    /** The limit applies to each timeframe, and to all rows in order of time. */
    private static final String SELECT_LONGER_CANDLES = """
            select k.timeframe, c.ts
            from unnest('{M30,H1,H4,D1}'::text[]) k (timeframe)
            cross join lateral (
                select ts from market.candle
                where feed = ? and symbol = ? and timeframe = k.timeframe and ts >= ? and ts < ?
                order by ts limit ?) c
            order by c.ts limit ?""";

    private static final int MAX_ROWS_PER_QUERY = 2_000;

    /**
     * Finds the progress of every instrument with a grid of its own.
     */
    Map<Instrument, GridProgress> findAll(Connection connection) throws SQLException {
        Map<Instrument, GridProgress> progressByInstrument = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Instrument instrument = new Instrument(row.getString(1), row.getString(2));
                FeedClock built = FeedClock.parse(row.getString(3));
                String target = row.getString(4);
                progressByInstrument.put(instrument, new GridProgress(instrument, built,
                        (target != null) ? FeedClock.parse(target) : built,
                        (target != null) ? toEpochMillis(row.getObject(5, OffsetDateTime.class)) : Long.MAX_VALUE));
            }
        }
        return progressByInstrument;
    }

    /**
     * Finds the instruments of a feed that have candles.
     */
    List<Instrument> findInstruments(Connection connection, String feed) throws SQLException {
        List<Instrument> instruments = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_SYMBOLS)) {
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
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setString(1, progress.instrument().feed());
            statement.setString(2, progress.instrument().symbol());
            statement.setString(3, (progress.isDone() ? progress.target() : progress.built()).text());
            statement.setString(4, progress.isDone() ? null : progress.target().text());
            statement.setObject(5, progress.isDone() ? null : toOffsetDateTime(progress.next()));
            statement.executeUpdate();
        }
    }

    /**
     * Returns the open time of the first M1 candle at or after a time, or null if there
     * is none.
     */
    @Nullable Long findFirstMinute(Connection connection, Instrument instrument, long from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_FIRST_MINUTE)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setObject(3, toOffsetDateTime(from));
            try (ResultSet row = statement.executeQuery()) {
                OffsetDateTime first = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
                return (first != null) ? toEpochMillis(first) : null;
            }
        }
    }

    /**
     * Finds the first candles of a period that do not start at a bucket of a grid.
     * @param maxCandles the maximum number of candles
     */
    MisalignedCandles findMisaligned(Connection connection, Instrument instrument, BucketGrid grid, Span span,
            int maxCandles) throws SQLException {
        List<Candle> misaligned = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_LONGER_CANDLES)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setObject(3, toOffsetDateTime(span.from));
            statement.setObject(4, toOffsetDateTime(span.to));
            statement.setInt(5, MAX_ROWS_PER_QUERY);
            statement.setInt(6, MAX_ROWS_PER_QUERY);
            try (ResultSet row = statement.executeQuery()) {
                int rows = 0;
                while (row.next()) {
                    Timeframe timeframe = Timeframe.valueOf(row.getString(1));
                    long openTime = toEpochMillis(row.getObject(2, OffsetDateTime.class));
                    rows++;
                    if (misaligned.size() == maxCandles || rows == MAX_ROWS_PER_QUERY) {
                        // More candles may follow, some of them with the same open time.
                        return new MisalignedCandles(misaligned, openTime);
                    }
                    if (!grid.isAligned(timeframe, openTime)) {
                        misaligned.add(RollupUpdater.createEmptyCandle(instrument, timeframe, openTime));
                    }
                }
            }
        }
        return new MisalignedCandles(misaligned, span.to);
    }

    private static OffsetDateTime toOffsetDateTime(long epochMillis) {
        return Instant.ofEpochMilli(Math.clamp(epochMillis, EpochMillis.FIRST, EpochMillis.LAST))
            .atOffset(ZoneOffset.UTC);
    }

    private static long toEpochMillis(OffsetDateTime dateTime) {
        return dateTime.toInstant().toEpochMilli();
    }

    /**
     * A period.
     *
     * @param from the start, inclusive, in epoch milliseconds
     * @param to the end, exclusive, in epoch milliseconds
     */
    record Span(long from, long to) {
    }

    /**
     * Candles that are not aligned to a grid.
     *
     * @param candles the candles; their values are placeholders
     * @param until all misaligned candles before this time are included, in epoch
     * milliseconds
     */
    record MisalignedCandles(List<Candle> candles, long until) {

        MisalignedCandles {
            candles = List.copyOf(candles);
        }

    }

}
