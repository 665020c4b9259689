package pregao.strategy.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

import org.postgresql.PGStatement;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.indicator.IndicatorSet;

/**
 * Reads years of final M1 candles of one instrument. It uses a cursor, the binary
 * protocol, and integer prices, so that each row is copied into columns without creating
 * objects.
 */
@Component
public class MinuteCandleReader {

    private static final String FROM_CANDLES = " from market.candle c where c.feed = ? and c.symbol = ? and c.timeframe = ? ";

    /**
     * Selects the first candle within the lookback of the indicators, or the first candle
     * of all if there are fewer.
     */
    private static final String SELECT_WARM_UP_START = "select min(ts) from (select c.ts" + FROM_CANDLES
            + "and c.final and c.ts < ? order by c.ts desc limit %d) warm".formatted(IndicatorSet.REACH);

    private static final String COUNT_CANDLES = "select count(*)" + FROM_CANDLES
            + "and c.final and c.ts >= ? and c.ts < ?";

    /** Uses date_part, because extract returns a slower numeric. */
    private static final String SELECT_CANDLES = """
            select date_part('epoch', c.ts)::bigint, (c.open * 100000000)::bigint, (c.high * 100000000)::bigint,
              (c.low * 100000000)::bigint, (c.close * 100000000)::bigint, c.revision
            """ + FROM_CANDLES + "and c.final and c.ts >= ? and c.ts < ? order by c.ts";

    private static final int FETCH_SIZE = 10_000;

    private static final long MILLIS_PER_SECOND = 1_000;

    private final JdbcTemplate database;

    MinuteCandleReader(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Counts the candles that {@link #read} reads at most.
     * @param instrument the instrument
     * @param from the first minute, in epoch milliseconds, inclusive
     * @param to the end, in epoch milliseconds, exclusive
     * @param warmUpTimeframe the timeframe whose candles warm up the indicators
     * @return the number of minutes, warm-up included
     */
    public int count(Instrument instrument, long from, long to, Timeframe warmUpTimeframe) {
        return this.database.execute((ConnectionCallback<Integer>) (connection) -> count(connection, instrument,
                findWarmUpStart(connection, instrument, from, warmUpTimeframe), to));
    }

    /**
     * Reads the candles of a time range, preceded by the warm-up candles.
     * @param instrument the instrument
     * @param from the first minute to trade, in epoch milliseconds, inclusive
     * @param to the end, in epoch milliseconds, exclusive
     * @param warmUpTimeframe the timeframe whose candles warm up the indicators; the
     * reader also returns the minutes of as many of these candles as the indicators look
     * back to
     * @return the candles; empty if there are none
     */
    public CandleSeries read(Instrument instrument, long from, long to, Timeframe warmUpTimeframe) {
        return this.database.execute((ConnectionCallback<CandleSeries>) (connection) -> {
            boolean autoCommit = connection.getAutoCommit();
            // The driver uses a cursor only within a transaction.
            connection.setAutoCommit(false);
            try {
                long begin = findWarmUpStart(connection, instrument, from, warmUpTimeframe);
                return readRows(connection, instrument, begin, from, to);
            }
            finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        });
    }

    private static long findWarmUpStart(Connection connection, Instrument instrument, long from, Timeframe timeframe)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_WARM_UP_START)) {
            bind(statement, instrument, timeframe);
            BucketGrid grid = FeedGrid.read(connection, instrument);
            long bucket = grid.bucketStart(timeframe, from);
            statement.setObject(4, toTimestamp(bucket));
            try (ResultSet row = statement.executeQuery()) {
                OffsetDateTime first = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
                return (first != null) ? first.toInstant().toEpochMilli() : bucket;
            }
        }
    }

    private static int count(Connection connection, Instrument instrument, long begin, long to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT_CANDLES)) {
            bind(statement, instrument, begin, to);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Math.toIntExact(row.getLong(1)) : 0;
            }
        }
    }

    private static CandleSeries readRows(Connection connection, Instrument instrument, long begin, long from, long to)
            throws SQLException {
        int size = count(connection, instrument, begin, to);
        long[][] columns = new long[5][size];
        int count = 0;
        int highestRevision = 0;
        int revised = 0;
        try (PreparedStatement statement = connection.prepareStatement(SELECT_CANDLES)) {
            // -1 requests binary transfer from the first row on.
            statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
            statement.setFetchSize(FETCH_SIZE);
            bind(statement, instrument, begin, to);
            try (ResultSet row = statement.executeQuery()) {
                while (count < size && row.next()) {
                    columns[0][count] = row.getLong(1) * MILLIS_PER_SECOND;
                    for (int i = 1; i < columns.length; i++) {
                        columns[i][count] = row.getLong(i + 1);
                    }
                    int revision = row.getInt(6);
                    highestRevision = Math.max(highestRevision, revision);
                    revised += (revision > 1) ? 1 : 0;
                    count++;
                }
            }
        }
        BarSeries bars = toBarSeries(FeedGrid.read(connection, instrument), columns, count);
        int fromIndex = Arrays.binarySearch(bars.times(), from);
        return new CandleSeries(instrument, bars,
                new BacktestWindow(0, (fromIndex >= 0) ? fromIndex : -fromIndex - 1, count), highestRevision, revised);
    }

    private static BarSeries toBarSeries(BucketGrid grid, long[][] columns, int count) {
        if (count < columns[0].length) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], count);
            }
        }
        return new BarSeries(grid, columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    private static void bind(PreparedStatement statement, Instrument instrument, Timeframe timeframe)
            throws SQLException {
        statement.setString(1, instrument.feed());
        statement.setString(2, instrument.symbol());
        statement.setString(3, timeframe.name());
    }

    private static void bind(PreparedStatement statement, Instrument instrument, long begin, long to)
            throws SQLException {
        bind(statement, instrument, Timeframe.M1);
        statement.setObject(4, toTimestamp(begin));
        statement.setObject(5, toTimestamp(to));
    }

    private static OffsetDateTime toTimestamp(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
    }

}
