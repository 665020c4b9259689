package pregao.indicators.candle;

import java.sql.ResultSet;
import java.sql.SQLException;

import pregao.contracts.indicator.IndicatorValues;

/**
 * Maps rows of {@code market.indicator} to values.
 */
final class IndicatorRowMapper {

    /** The columns that a query selects. */
    static final String COLUMNS = "rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower";

    private IndicatorRowMapper() {
    }

    /**
     * Maps the current row.
     * @param row the result set, positioned at the row
     * @param firstColumn the index of the first of {@link #COLUMNS}
     */
    static IndicatorValues read(ResultSet row, int firstColumn) throws SQLException {
        return new IndicatorValues(readValue(row, firstColumn), readValue(row, firstColumn + 1),
                readValue(row, firstColumn + 2), readValue(row, firstColumn + 3), readValue(row, firstColumn + 4),
                readValue(row, firstColumn + 5), readValue(row, firstColumn + 6), readValue(row, firstColumn + 7));
    }

    private static double readValue(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

}
