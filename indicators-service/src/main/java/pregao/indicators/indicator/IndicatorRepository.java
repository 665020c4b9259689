package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorValues;
import pregao.indicators.candle.CandleWithIndicators;
import pregao.indicators.candle.SeriesKey;

/**
 * The tables {@code market.indicator} and {@code indicators.series}. Unchanged rows are
 * not written.
 */
public final class IndicatorRepository {

    private static final int MAX_VALUES_PER_CALL = 10_000;

    private static final double MILLIS_PER_SECOND = 1_000;

    private static final List<ToDoubleFunction<IndicatorValues>> COLUMNS = List.of(IndicatorValues::rsi,
            IndicatorValues::macd, IndicatorValues::macdSignal, IndicatorValues::macdHist, IndicatorValues::atr,
            IndicatorValues::bbUpper, IndicatorValues::bbMiddle, IndicatorValues::bbLower);

    /** Most values of a small batch already exist, such as those of forming minutes. */
    private static final int MAX_MERGE_SIZE = 32;

    private static final String PUT_VALUES = "select market.put_indicators(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * Does the same as {@code market.put_indicators}, without its initial insert, which
     * fails if values exist.
     */
    private static final String MERGE = """
            insert into market.indicator as i (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr,
              bb_upper, bb_middle, bb_lower)
            select k.feed, k.symbol, k.timeframe, to_timestamp(k.ts), nullif(k.rsi, 'NaN'), nullif(k.macd, 'NaN'),
              nullif(k.macd_signal, 'NaN'), nullif(k.macd_hist, 'NaN'), nullif(k.atr, 'NaN'),
              nullif(k.bb_upper, 'NaN'), nullif(k.bb_middle, 'NaN'), nullif(k.bb_lower, 'NaN')
            from unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[])
                as k (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower)
            order by k.feed collate "C", k.symbol collate "C", k.timeframe collate "C", k.ts
            on conflict (feed, symbol, timeframe, ts) do update
            set rsi = excluded.rsi, macd = excluded.macd, macd_signal = excluded.macd_signal,
              macd_hist = excluded.macd_hist, atr = excluded.atr, bb_upper = excluded.bb_upper,
              bb_middle = excluded.bb_middle, bb_lower = excluded.bb_lower
            where (i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower)
              is distinct from (excluded.rsi, excluded.macd, excluded.macd_signal, excluded.macd_hist, excluded.atr,
                excluded.bb_upper, excluded.bb_middle, excluded.bb_lower)""";

    private static final String UPSERT_SERIES = """
            insert into indicators.series as s
            select k.feed, k.symbol, k.timeframe, to_timestamp(k.first), to_timestamp(k.last)
            from unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[])
                as k (feed, symbol, timeframe, first, last)
            order by 1, 2, 3
            on conflict (feed, symbol, timeframe) do update
            set first_ts = least(s.first_ts, excluded.first_ts), last_ts = greatest(s.last_ts, excluded.last_ts)
            where s.first_ts > excluded.first_ts or s.last_ts < excluded.last_ts""";

    private static final String DELETE_VALUES = """
            delete from market.indicator where feed = ? and symbol = ? and timeframe = ? and ts = to_timestamp(?)""";

    private static final String SHRINK_SERIES = """
            with ends as (select (select min(ts) from market.candle where feed = ? and symbol = ? and timeframe = ?),
                (select max(ts) from market.candle where feed = ? and symbol = ? and timeframe = ?))
            update indicators.series s set first_ts = e.min, last_ts = e.max
            from ends e (min, max)
            where s.feed = ? and s.symbol = ? and s.timeframe = ? and e.min is not null""";

    private static final String DELETE_SERIES = """
            delete from indicators.series s where s.feed = ? and s.symbol = ? and s.timeframe = ?
            and not exists (select from market.candle c
                where c.feed = s.feed and c.symbol = s.symbol and c.timeframe = s.timeframe)""";

    /**
     * Deletes the values of withdrawn candles, which are few, and updates the bounds of
     * their series.
     * @param connection the connection, in the transaction
     * @param candles the withdrawn candles
     * @throws SQLException if a statement fails
     */
    public void remove(Connection connection, List<Candle> candles) throws SQLException {
        Set<SeriesKey> series = new LinkedHashSet<>();
        for (Candle candle : candles) {
            series.add(SeriesKey.of(candle));
            try (PreparedStatement statement = connection.prepareStatement(DELETE_VALUES)) {
                bindSeries(statement, 1, SeriesKey.of(candle));
                statement.setDouble(4, candle.openTime() / MILLIS_PER_SECOND);
                statement.executeUpdate();
            }
        }
        for (SeriesKey seriesKey : series) {
            try (PreparedStatement shrinkStatement = connection.prepareStatement(SHRINK_SERIES);
                    PreparedStatement deleteStatement = connection.prepareStatement(DELETE_SERIES)) {
                bindSeries(shrinkStatement, 1, seriesKey);
                bindSeries(shrinkStatement, 4, seriesKey);
                bindSeries(shrinkStatement, 7, seriesKey);
                shrinkStatement.executeUpdate();
                bindSeries(deleteStatement, 1, seriesKey);
                deleteStatement.executeUpdate();
            }
        }
    }

    private static void bindSeries(PreparedStatement statement, int firstParameter, SeriesKey series)
            throws SQLException {
        statement.setString(firstParameter, series.instrument().feed());
        statement.setString(firstParameter + 1, series.instrument().symbol());
        statement.setString(firstParameter + 2, series.timeframe().name());
    }

    /**
     * Stores values.
     * @param connection the connection, in the transaction
     * @param values the values, each candle once
     * @throws SQLException if a statement fails
     */
    public void put(Connection connection, List<CandleWithIndicators> values) throws SQLException {
        for (int start = 0; start < values.size(); start += MAX_VALUES_PER_CALL) {
            List<CandleWithIndicators> batch = values.subList(start,
                    Math.min(start + MAX_VALUES_PER_CALL, values.size()));
            try (PreparedStatement statement = connection
                .prepareStatement((batch.size() <= MAX_MERGE_SIZE) ? MERGE : PUT_VALUES)) {
                bind(statement, batch.stream().map((value) -> SeriesKey.of(value.candle())).toList());
                statement.setObject(4,
                        batch.stream().mapToDouble((value) -> value.candle().openTime() / MILLIS_PER_SECOND).toArray());
                for (int i = 0; i < COLUMNS.size(); i++) {
                    ToDoubleFunction<IndicatorValues> column = COLUMNS.get(i);
                    statement.setObject(5 + i,
                            batch.stream().mapToDouble((value) -> column.applyAsDouble(value.values())).toArray());
                }
                statement.execute();
            }
        }
    }

    /**
     * Extends the bounds of series.
     * @param connection the connection, in the transaction
     * @param spans the spans by series
     * @throws SQLException if the statement fails
     */
    public void upsertSeries(Connection connection, Map<SeriesKey, IndicatorChanges.Span> spans) throws SQLException {
        if (spans.isEmpty()) {
            return;
        }
        List<Map.Entry<SeriesKey, IndicatorChanges.Span>> entries = List.copyOf(spans.entrySet());
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_SERIES)) {
            bind(statement, entries.stream().map(Map.Entry::getKey).toList());
            statement.setObject(4,
                    entries.stream().mapToDouble((entry) -> entry.getValue().first() / MILLIS_PER_SECOND).toArray());
            statement.setObject(5,
                    entries.stream().mapToDouble((entry) -> entry.getValue().last() / MILLIS_PER_SECOND).toArray());
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<SeriesKey> series) throws SQLException {
        List<Instrument> instruments = series.stream().map(SeriesKey::instrument).toList();
        statement.setObject(1, instruments.stream().map(Instrument::feed).toArray(String[]::new));
        statement.setObject(2, instruments.stream().map(Instrument::symbol).toArray(String[]::new));
        statement.setObject(3, series.stream().map((key) -> key.timeframe().name()).toArray(String[]::new));
    }

}
