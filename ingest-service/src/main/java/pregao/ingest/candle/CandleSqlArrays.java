package pregao.ingest.candle;

import java.time.Instant;
import java.util.List;

import io.r2dbc.spi.Statement;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;

/**
 * Candles as text literals of PostgreSQL arrays, which cost several times less than a
 * decimal and a date object for each value.
 */
final class CandleSqlArrays {

    private final StringBuilder symbols = new StringBuilder();

    private final StringBuilder timeframes = new StringBuilder();

    private final StringBuilder times = new StringBuilder();

    private final StringBuilder opens = new StringBuilder();

    private final StringBuilder highs = new StringBuilder();

    private final StringBuilder lows = new StringBuilder();

    private final StringBuilder closes = new StringBuilder();

    private final StringBuilder volumes = new StringBuilder();

    private final StringBuilder spreads = new StringBuilder();

    private final StringBuilder spreadUnits = new StringBuilder();

    private final StringBuilder finals = new StringBuilder();

    private char separator = '{';

    CandleSqlArrays(List<Candle> candles, List<Integer> positions) {
        positions.forEach((position) -> add(candles.get(position)));
    }

    private void add(Candle candle) {
        startElement(this.symbols).append('"').append(candle.instrument().symbol()).append('"');
        startElement(this.timeframes).append(candle.timeframe().name());
        startElement(this.times).append(Instant.ofEpochMilli(candle.openTime()));
        Prices.appendTo(startElement(this.opens), candle.open());
        Prices.appendTo(startElement(this.highs), candle.high());
        Prices.appendTo(startElement(this.lows), candle.low());
        Prices.appendTo(startElement(this.closes), candle.close());
        startElement(this.volumes).append(candle.volume().toPlainString());
        Spread spread = candle.spread();
        if (spread == null) {
            startElement(this.spreads).append("NULL");
            startElement(this.spreadUnits).append("NULL");
        }
        else {
            Prices.appendTo(startElement(this.spreads), spread.units());
            startElement(this.spreadUnits).append(spread.unit().text());
        }
        startElement(this.finals).append(candle.isFinal() ? 't' : 'f');
        this.separator = ',';
    }

    private StringBuilder startElement(StringBuilder array) {
        return array.append(this.separator);
    }

    /**
     * Binds the arrays to the third and the following parameters.
     * @param statement the statement
     * @return the statement
     */
    Statement bind(Statement statement) {
        List<StringBuilder> arrays = List.of(this.symbols, this.timeframes, this.times, this.opens, this.highs,
                this.lows, this.closes, this.volumes, this.spreads, this.spreadUnits, this.finals);
        for (int i = 0; i < arrays.size(); i++) {
            statement.bind(i + 2, arrays.get(i).append('}').toString());
        }
        return statement;
    }

}
