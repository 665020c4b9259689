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
 * The tables {@code market.indicator} and {@code indicators.series}. A row that would not
 * change is not written.
 */
public final class IndicatorRepository {

    private static final int MOST_A_CALL = 10_000;

    private static final double MILLIS_A_SECOND = 1_000;

    private static final List<ToDoubleFunction<IndicatorValues>> COLUMNS = List.of(IndicatorValues::rsi,
            IndicatorValues::macd, IndicatorValues::macdSignal, IndicatorValues::macdHist, IndicatorValues::atr,
            IndicatorValues::bbUpper, IndicatorValues::bbMiddle, IndicatorValues::bbLower);

    /** Most values of a small batch exist already, as while minutes form. */
    private static final int MAX_MERGED = 32;

    private static final String VALUES = "select market.put_indicators(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * Does what {@code market.put_indicators} does, without its first insertion, which
     * fails where values exist.
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

    private static final String SPANS = """
            insert into indicators.series as s
            select k.feed, k.symbol, k.timeframe, to_timestamp(k.first), to_timestamp(k.last)
            from unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[])
                as k (feed, symbol, timeframe, first, last)
            order by 1, 2, 3
            on conflict (feed, symbol, timeframe) do update
            set first_ts = least(s.first_ts, excluded.first_ts), last_ts = greatest(s.last_ts, excluded.last_ts)
            where s.first_ts > excluded.first_ts or s.last_ts < excluded.last_ts""";

    private static final String REMOVE = """
            delete from market.indicator where feed = ? and symbol = ? and timeframe = ? and ts = to_timestamp(?)""";

    private static final String SHORTEN = """
            with ends as (select (select min(ts) from market.candle where feed = ? and symbol = ? and timeframe = ?),
                (select max(ts) from market.candle where feed = ? and symbol = ? and timeframe = ?))
            update indicators.series s set first_ts = e.min, last_ts = e.max
            from ends e (min, max)
            where s.feed = ? and s.symbol = ? and s.timeframe = ? and e.min is not null""";

    private static final String FORGET = """
            delete from indicators.series s where s.feed = ? and s.symbol = ? and s.timeframe = ?
            and not exists (select from market.candle c
                where c.feed = s.feed and c.symbol = s.symbol and c.timeframe = s.timeframe)""";

    /**
     * Removes the values of candles that are gone, which are few, and shortens their
     * series.
     * @param connection in the transaction
     * @param candles those
     * @throws SQLException where the database refuses
     */
    public void remove(Connection connection, List<Candle> candles) throws SQLException {
        Set<SeriesKey> series = new LinkedHashSet<>();
        for (Candle candle : candles) {
            series.add(SeriesKey.of(candle));
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
                bindOne(statement, 1, SeriesKey.of(candle));
                statement.setDouble(4, candle.openTime() / MILLIS_A_SECOND);
                statement.executeUpdate();
            }
        }
        for (SeriesKey seriesKey : series) {
            try (PreparedStatement shorten = connection.prepareStatement(SHORTEN);
                    PreparedStatement forget = connection.prepareStatement(FORGET)) {
                bindOne(shorten, 1, seriesKey);
                bindOne(shorten, 4, seriesKey);
                bindOne(shorten, 7, seriesKey);
                shorten.executeUpdate();
                bindOne(forget, 1, seriesKey);
                forget.executeUpdate();
            }
        }
    }

    private static void bindOne(PreparedStatement statement, int first, SeriesKey series) throws SQLException {
        statement.setString(first, series.instrument().feed());
        statement.setString(first + 1, series.instrument().symbol());
        statement.setString(first + 2, series.timeframe().name());
    }

    /**
     * Stores values.
     * @param connection in the transaction
     * @param values each candle once
     * @throws SQLException where the database refuses
     */
    public void put(Connection connection, List<CandleWithIndicators> values) throws SQLException {
        for (int from = 0; from < values.size(); from += MOST_A_CALL) {
            List<CandleWithIndicators> call = values.subList(from, Math.min(from + MOST_A_CALL, values.size()));
            try (PreparedStatement statement = connection
                .prepareStatement((call.size() <= MAX_MERGED) ? MERGE : VALUES)) {
                bind(statement,
                        call.stream()
                            .map((candleWithIndicators) -> SeriesKey.of(candleWithIndicators.candle()))
                            .toList());
                statement.setObject(4,
                        call.stream().mapToDouble((each) -> each.candle().openTime() / MILLIS_A_SECOND).toArray());
                for (int i = 0; i < COLUMNS.size(); i++) {
                    ToDoubleFunction<IndicatorValues> column = COLUMNS.get(i);
                    statement.setObject(5 + i,
                            call.stream().mapToDouble((each) -> column.applyAsDouble(each.values())).toArray());
                }
                statement.execute();
            }
        }
    }

    /**
     * Remembers how far series go.
     * @param connection in the transaction
     * @param spans by series
     * @throws SQLException where the database refuses
     */
    public void span(Connection connection, Map<SeriesKey, IndicatorChanges.Span> spans) throws SQLException {
        if (spans.isEmpty()) {
            return;
        }
        List<Map.Entry<SeriesKey, IndicatorChanges.Span>> all = List.copyOf(spans.entrySet());
        try (PreparedStatement statement = connection.prepareStatement(SPANS)) {
            bind(statement, all.stream().map(Map.Entry::getKey).toList());
            statement.setObject(4,
                    all.stream().mapToDouble((each) -> each.getValue().first() / MILLIS_A_SECOND).toArray());
            statement.setObject(5,
                    all.stream().mapToDouble((each) -> each.getValue().last() / MILLIS_A_SECOND).toArray());
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<SeriesKey> series) throws SQLException {
        List<Instrument> instruments = series.stream().map(SeriesKey::instrument).toList();
        statement.setObject(1, instruments.stream().map(Instrument::feed).toArray(String[]::new));
        statement.setObject(2, instruments.stream().map(Instrument::symbol).toArray(String[]::new));
        statement.setObject(3, series.stream().map((seriesKey) -> seriesKey.timeframe().name()).toArray(String[]::new));
    }

}
