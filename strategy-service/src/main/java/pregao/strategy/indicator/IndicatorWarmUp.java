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

    private static final int CANDLES = 1_024;

    private static final String PAST = """
            select * from (
              select (extract(epoch from ts) * 1000)::bigint as at, (open * 100000000)::bigint,
                (high * 100000000)::bigint, (low * 100000000)::bigint, (close * 100000000)::bigint
              from market.candle
              where feed = ? and symbol = ? and timeframe = ? and final and ts >= ? and ts < ?
              order by ts desc limit ?) c
            order by at""";

    private final Connection connection;

    private final Map<String, List<long[]>> read = new HashMap<>();

    private final Map<Instrument, BucketGrid> grids = new HashMap<>();

    IndicatorWarmUp(Connection connection) {
        this.connection = connection;
    }

    /**
     * Warms up.
     * @param closes that has taken nothing yet
     * @param instrument of which
     * @param timeframe of the strategy
     * @param minute the next that comes, epoch milliseconds
     */
    void warm(StrategyEvaluator closes, Instrument instrument, Timeframe timeframe, long minute) throws SQLException {
        long bucket = grid(instrument).bucketStart(timeframe, minute);
        for (long[] candle : candles(instrument, timeframe, Long.MIN_VALUE, bucket)) {
            closes.warm(candle[1], candle[2], candle[3], candle[4]);
        }
        if (bucket < minute) {
            for (long[] candle : candles(instrument, Timeframe.M1, bucket, minute)) {
                closes.after(candle[0], candle[1], candle[2], candle[3], candle[4]);
            }
        }
    }

    /**
     * Returns on which grid the candles of an instrument start.
     * @param instrument of which
     * @return the grid of its feed
     */
    BucketGrid grid(Instrument instrument) throws SQLException {
        BucketGrid bucketGrid = this.grids.get(instrument);
        if (bucketGrid == null) {
            bucketGrid = FeedGrid.read(this.connection, instrument);
            this.grids.put(instrument, bucketGrid);
        }
        return bucketGrid;
    }

    /**
     * Minutes that a pattern may look at.
     * @param instrument of which
     * @param from epoch milliseconds
     * @param to exclusive, epoch milliseconds
     * @return in order of time
     */
    List<OptionTraderSnapshot.Minute> minutes(Instrument instrument, long from, long to) throws SQLException {
        return candles(instrument, Timeframe.M1, from, to).stream()
            .map((candle) -> new OptionTraderSnapshot.Minute(candle[0], candle[1], candle[4]))
            .toList();
    }

    private List<long[]> candles(Instrument instrument, Timeframe timeframe, long from, long to) throws SQLException {
        String key = "%s %s %d %d".formatted(instrument.key(), timeframe, from, to);
        List<long[]> known = this.read.get(key);
        if (known == null) {
            known = find(instrument, timeframe, from, to);
            this.read.put(key, known);
        }
        return known;
    }

    private List<long[]> find(Instrument instrument, Timeframe timeframe, long from, long to) throws SQLException {
        try (PreparedStatement statement = this.connection.prepareStatement(PAST)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setString(3, timeframe.name());
            statement.setObject(4, Instant.ofEpochMilli(Math.max(from, 0)).atOffset(ZoneOffset.UTC));
            statement.setObject(5, Instant.ofEpochMilli(to).atOffset(ZoneOffset.UTC));
            statement.setInt(6, CANDLES);
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
