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
 * Warms up the indicators of strategies from stored candles: from so many final candles
 * of the timeframe of the strategy that older ones would not change a bit of the result,
 * and from the minutes of the candle that is still forming.
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
     * Warms up an evaluator.
     * @param evaluator a new evaluator
     * @param instrument the instrument
     * @param timeframe the timeframe of the strategy
     * @param nextMinute the open time of the next M1 candle to come, in epoch
     * milliseconds
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
     * Returns the grid on which the candles of an instrument open.
     * @param instrument the instrument
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
     * Returns the M1 candles that an option pattern may observe.
     * @param instrument the instrument
     * @param from the first open time, in epoch milliseconds
     * @param to the end, exclusive, in epoch milliseconds
     * @return the candles in order of time
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
