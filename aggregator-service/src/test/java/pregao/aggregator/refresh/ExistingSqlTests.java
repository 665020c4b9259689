package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.aggregator.AggregatorTestEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that SQL statements which users have for the tables of the system that this one
 * replaces run on these tables and views.
 */
@Tag("store")
class ExistingSqlTests {

    private static final String SYMBOL = "EXISTINGSQL";

    @BeforeAll
    static void store() throws SQLException {
        rows("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                  spread_unit, source, final, rank, revision)
                select 'existing', '%s', f, date_trunc('day', now() - interval '10 days', 'UTC')
                  + n * interval '1 minute', 1, 2, 0.5, 1.5, 10, 0.1, 'price', 'given', true, 4, 1
                from generate_series(0, 59) n, (values ('M1'), ('H1')) v (f) where f = 'M1' or n = 0
                on conflict do nothing returning 1""".formatted(SYMBOL));
        rows("""
                insert into market.market_data_raw (feed, symbol, minute, part, data, ticks)
                values ('existing', '%s', '2026-03-02T10:00Z', 0,
                  '[{"ts": "2026-03-02T10:00:01Z", "bid": 1.1, "ask": 1.3},
                    {"ts": "2026-03-02T10:00:02Z", "bid": 1.2, "ask": 1.4}]', 2)
                on conflict do nothing returning 1""".formatted(SYMBOL));
    }

    private static List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = AggregatorTestEnvironment.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    static {
        AggregatorTestEnvironment.database();
    }

    @ParameterizedTest
    @ValueSource(strings = { "SELECT * FROM market_data WHERE symbol='EXISTINGSQL' ORDER BY ts DESC LIMIT 10",
            "SELECT symbol, timeframe, ts, close FROM market_data ORDER BY ts DESC LIMIT 5",
            "SELECT symbol, COUNT(*) FROM market_data_raw GROUP BY symbol",
            "SELECT symbol, timeframe, open, high, low, close, volume, tick_volume, spread FROM market_data LIMIT 5",
            "SELECT ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower, created_at FROM market_data LIMIT 1",
            "WITH recent_data AS (SELECT * FROM market_data WHERE ts > NOW() - INTERVAL '20 days') SELECT symbol, COUNT(*) FROM recent_data GROUP BY symbol",
            "SELECT * FROM market_data_m5 WHERE symbol='EXISTINGSQL'",
            "SELECT ts, tick_volume FROM market_data_h1 WHERE symbol='EXISTINGSQL'" })
    void runsAndFindsRows(String sql) throws SQLException {
        assertThat(rows(sql)).isNotEmpty();
    }

    @Test
    void namesTheVolumeAsTerminalsDo() throws SQLException {
        assertThat(rows("""
                select sum(volume)::int, sum(tick_volume)::int from market_data
                where symbol = '%s' and timeframe = 'M1'""".formatted(SYMBOL))).containsExactly(List.of("600", "600"));
        assertThat(rows("""
                select volume::int, tick_volume::int, minutes from market_data_h1 where symbol = '%s'"""
            .formatted(SYMBOL))).containsExactly(List.of("600", "600", "60"));
    }

    @Test
    void foldsRawTicksAsTheOldAggregatorDid() throws SQLException {
        Assumptions.assumeFalse(AggregatorTestEnvironment.EDITION.equals("none"),
                "time_bucket is a function of TimescaleDB");
        assertThat(rows("""
                SELECT symbol, 'M1' as timeframe, time_bucket('1 minute', ts) as ts,
                  (array_agg((bid + ask)/2 ORDER BY ts))[1]::float8 as open, MAX((bid + ask)/2)::float8 as high,
                  MIN((bid + ask)/2)::float8 as low, (array_agg((bid + ask)/2 ORDER BY ts DESC))[1]::float8 as close,
                  COUNT(*) as volume, AVG(ask - bid)::float8 as spread
                FROM (
                  SELECT r.symbol, (t->>'ts')::timestamptz as ts, (t->>'bid')::numeric as bid,
                    (t->>'ask')::numeric as ask
                  FROM market_data_raw r, jsonb_array_elements(r.data) as t
                  WHERE r.received_at > '2020-01-01' AND r.received_at <= '2100-01-01' AND symbol = '%s') ticks
                GROUP BY symbol, time_bucket('1 minute', ts)""".formatted(SYMBOL)))
            .containsExactly(List.of(SYMBOL, "M1", "2026-03-02 10:00:00+00", "1.2", "1.3", "1.2", "1.3", "2", "0.2"));
    }

    /** Users look at the view first, and tools show its comment. */
    @Test
    void saysInTheViewItselfThatItsTimeframesAreNotToBeSummed() throws SQLException {
        assertThat(rows("select obj_description('market.market_data'::regclass)").getFirst().getFirst())
            .contains("Name one timeframe before you sum");
    }

}
