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
     * @param firstColumn the first of {@link #COLUMNS}
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
