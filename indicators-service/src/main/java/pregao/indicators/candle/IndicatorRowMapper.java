package pregao.indicators.candle;

import java.sql.ResultSet;
import java.sql.SQLException;

import pregao.contracts.indicator.IndicatorValues;

/**
 * A row of the table of indicators as values.
 */
final class IndicatorRowMapper {

    /** What a query has to select. */
    static final String COLUMNS = "rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower";

    private IndicatorRowMapper() {
    }

    /**
     * Reads the row.
     * @param row the result at the row
     * @param first the first of {@link #COLUMNS}
     */
    static IndicatorValues read(ResultSet row, int first) throws SQLException {
        return new IndicatorValues(value(row, first), value(row, first + 1), value(row, first + 2),
                value(row, first + 3), value(row, first + 4), value(row, first + 5), value(row, first + 6),
                value(row, first + 7));
    }

    private static double value(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

}
