package pregao.pipeline.candle;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

/**
 * Maps rows of {@code market.candle} to candles.
 */
public final class CandleRowMapper {

    /** The columns that a query selects; the query names the table {@code c}. */
    public static final String COLUMNS = """
            c.timeframe, (extract(epoch from c.ts) * 1000)::bigint, (c.open * 100000000)::bigint,
            (c.high * 100000000)::bigint, (c.low * 100000000)::bigint, (c.close * 100000000)::bigint, c.volume,
            (c.spread * 100000000)::bigint, c.spread_unit, c.source, c.final, c.revision""";

    private CandleRowMapper() {
    }

    /**
     * Maps the current row.
     * @param instrument the instrument of the row
     * @param row the result set, positioned at the row
     * @param firstColumn the index of the first of {@link #COLUMNS}
     */
    public static Candle read(Instrument instrument, ResultSet row, int firstColumn) throws SQLException {
        return new Candle(instrument, Timeframe.valueOf(row.getString(firstColumn)), row.getLong(firstColumn + 1),
                row.getLong(firstColumn + 2), row.getLong(firstColumn + 3), row.getLong(firstColumn + 4),
                row.getLong(firstColumn + 5), normalizeVolume(row.getBigDecimal(firstColumn + 6)),
                readSpread(row, firstColumn + 7), CandleSource.of(row.getString(firstColumn + 9)),
                row.getBoolean(firstColumn + 10), row.getInt(firstColumn + 11));
    }

    private static BigDecimal normalizeVolume(BigDecimal volume) {
        BigDecimal stripped = volume.stripTrailingZeros();
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

    private static @Nullable Spread readSpread(ResultSet row, int column) throws SQLException {
        long units = row.getLong(column);
        return row.wasNull() ? null : new Spread(units, Spread.Unit.of(row.getString(column + 1)));
    }

    public static String formatSpreadUnit(Spread spread) {
        return spread.unit().text();
    }

    public static String formatSpread(Spread spread) {
        return Prices.toText(spread.units());
    }

}
