package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.option.OptionTraderSnapshot;
import pregao.strategy.candle.FeedGrid;

/**
 * Brings what strategies remember up to a minute, from stored candles: so many of the
 * strategy's timeframe that more would not change a bit, and the minutes of the candle
 * that is not over yet.
 */
final class IndicatorWarmUp {

    private static final int MAX_CANDLES = 1_024;

    private static final String SELECT_HISTORY = """
            select * from (
              select (extract(epoch from ts) * 1000)::bigint as at, (open * 100000000)::bigint,
                (high * 100000000)::bigint, (low * 100000000)::bigint, (close * 100000000)::bigint
              from market.candle
              where feed = ? and symbol = ? and timeframe = ? and final and ts >= ? and ts < ?
              order by ts desc limit ?) c
            order by at""";

    private final Connection connection;

    private final Map<String, List<long[]>> candleCache = new HashMap<>();

    private final Map<Instrument, BucketGrid> grids = new HashMap<>();

    IndicatorWarmUp(Connection connection) {
        this.connection = connection;
    }

    /**
     * Warms up.
     * @param evaluator that has taken nothing yet
     * @param instrument of which
     * @param timeframe of the strategy
     * @param nextMinute the next that comes, epoch milliseconds
     */
    void warm(StrategyEvaluator evaluator, Instrument instrument, Timeframe timeframe, long nextMinute)
            throws SQLException {
        long bucketStart = findGrid(instrument).bucketStart(timeframe, nextMinute);
        for (long[] candle : findCandles(instrument, timeframe, Long.MIN_VALUE, bucketStart)) {
            evaluator.warm(candle[1], candle[2], candle[3], candle[4]);
        }
        if (bucketStart < nextMinute) {
            for (long[] candle : findCandles(instrument, Timeframe.M1, bucketStart, nextMinute)) {
                evaluator.after(candle[0], candle[1], candle[2], candle[3], candle[4]);
            }
        }
    }

    /**
     * Returns on which grid the candles of an instrument start.
     * @param instrument of which
     * @return the grid of its feed
     */
    BucketGrid findGrid(Instrument instrument) throws SQLException {
        BucketGrid grid = this.grids.get(instrument);
        if (grid == null) {
            grid = FeedGrid.read(this.connection, instrument);
            this.grids.put(instrument, grid);
        }
        return grid;
    }

    /**
     * Minutes that a pattern may look at.
     * @param instrument of which
     * @param from epoch milliseconds
     * @param to exclusive, epoch milliseconds
     * @return in order of time
     */
    List<OptionTraderSnapshot.Minute> findMinutes(Instrument instrument, long from, long to) throws SQLException {
        return findCandles(instrument, Timeframe.M1, from, to).stream()
            .map((candle) -> new OptionTraderSnapshot.Minute(candle[0], candle[1], candle[4]))
            .toList();
    }

    private List<long[]> findCandles(Instrument instrument, Timeframe timeframe, long from, long to)
            throws SQLException {
        String key = "%s %s %d %d".formatted(instrument.key(), timeframe, from, to);
        List<long[]> candles = this.candleCache.get(key);
        if (candles == null) {
            candles = queryCandles(instrument, timeframe, from, to);
            this.candleCache.put(key, candles);
        }
        return candles;
    }

    private List<long[]> queryCandles(Instrument instrument, Timeframe timeframe, long from, long to)
            throws SQLException {
        try (PreparedStatement statement = this.connection.prepareStatement(SELECT_HISTORY)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setString(3, timeframe.name());
            statement.setObject(4, Instant.ofEpochMilli(Math.max(from, 0)).atOffset(ZoneOffset.UTC));
            statement.setObject(5, Instant.ofEpochMilli(to).atOffset(ZoneOffset.UTC));
            statement.setInt(6, MAX_CANDLES);
            List<long[]> candles = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    candles.add(new long[] { row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
                            row.getLong(5) });
                }
            }
            return candles;
        }
    }

}
