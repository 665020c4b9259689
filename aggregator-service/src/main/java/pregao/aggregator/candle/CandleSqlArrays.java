package pregao.aggregator.candle;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;
import pregao.pipeline.candle.CandleRowMapper;

/**
 * Candles as the first 13 array parameters of {@code market.put_candles}.
 */
final class CandleSqlArrays {

    private static final int COLUMN_COUNT = 13;

    private final @Nullable String[][] columns;

    CandleSqlArrays(List<Candle> candles) {
        this.columns = new @Nullable String[COLUMN_COUNT][candles.size()];
        for (int i = 0; i < candles.size(); i++) {
            set(i, candles.get(i));
        }
    }

    private void set(int row, Candle candle) {
        Spread spread = candle.spread();
        @Nullable String[] values = { candle.instrument().feed(), candle.instrument().symbol(), candle.timeframe().name(),
                Instant.ofEpochMilli(candle.openTime()).toString(), Prices.toText(candle.open()),
                Prices.toText(candle.high()), Prices.toText(candle.low()), Prices.toText(candle.close()),
                candle.volume().toPlainString(), (spread != null) ? CandleRowMapper.formatSpread(spread) : null,
                (spread != null) ? CandleRowMapper.formatSpreadUnit(spread) : null, candle.source().text(),
                candle.isFinal() ? "t" : "f" };
        for (int column = 0; column < COLUMN_COUNT; column++) {
            this.columns[column][row] = values[column];
        }
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int column = 0; column < COLUMN_COUNT; column++) {
            statement.setObject(column + 1, this.columns[column]);
        }
    }

}
