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
 * A row of the table as a candle.
 */
public final class CandleRowMapper {

    /** What a query has to select, with {@code c} the table. */
    public static final String COLUMNS = """
            c.timeframe, (extract(epoch from c.ts) * 1000)::bigint, (c.open * 100000000)::bigint,
            (c.high * 100000000)::bigint, (c.low * 100000000)::bigint, (c.close * 100000000)::bigint, c.volume,
            (c.spread * 100000000)::bigint, c.spread_unit, c.source, c.final, c.revision""";

    private CandleRowMapper() {
    }

    /**
     * Reads the row.
     * @param instrument of which it is
     * @param row the result at the row
     * @param first the first of {@link #COLUMNS}
     */
    public static Candle read(Instrument instrument, ResultSet row, int first) throws SQLException {
        return new Candle(instrument, Timeframe.valueOf(row.getString(first)), row.getLong(first + 1),
                row.getLong(first + 2), row.getLong(first + 3), row.getLong(first + 4), row.getLong(first + 5),
                volume(row.getBigDecimal(first + 6)), spread(row, first + 7), CandleSource.of(row.getString(first + 9)),
                row.getBoolean(first + 10), row.getInt(first + 11));
    }

    private static BigDecimal volume(BigDecimal stored) {
        BigDecimal plain = stored.stripTrailingZeros();
        return (plain.scale() < 0) ? plain.setScale(0) : plain;
    }

    private static @Nullable Spread spread(ResultSet row, int column) throws SQLException {
        long units = row.getLong(column);
        return row.wasNull() ? null : new Spread(units, Spread.Unit.of(row.getString(column + 1)));
    }

    public static String spreadUnit(Spread spread) {
        return spread.unit().text();
    }

    public static String spreadText(Spread spread) {
        return Prices.toText(spread.units());
    }

}
