package pregao.ingest.candle;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;
import pregao.ingest.json.JsonWriter;

/**
 * JSON form of a candle in lists of the quarantine and of conflicts.
 */
public final class CandleJson {

    private CandleJson() {
    }

    /**
     * Appends a candle as the member {@code candle} of an object.
     * @param json the writer, after another member of the object
     * @param candle the candle to write
     */
    public static void write(JsonWriter json, Candle candle) {
        json.raw(",\"candle\":{\"feed\":").string(candle.instrument().feed());
        json.raw(",\"symbol\":").string(candle.instrument().symbol());
        json.raw(",\"timeframe\":").string(candle.timeframe().name());
        json.raw(",\"ts\":").time(candle.openTime());
        json.raw(",\"open\":").raw(Prices.toText(candle.open()));
        json.raw(",\"high\":").raw(Prices.toText(candle.high()));
        json.raw(",\"low\":").raw(Prices.toText(candle.low()));
        json.raw(",\"close\":").raw(Prices.toText(candle.close()));
        json.raw(",\"volume\":").raw(candle.volume().toPlainString());
        Spread spread = candle.spread();
        json.raw(",\"spread\":").raw((spread != null) ? Prices.toText(spread.units()) : "null");
        if (spread != null) {
            json.raw(",\"spread_unit\":").string(spread.unit().text());
        }
        json.raw(",\"final\":").raw(Boolean.toString(candle.isFinal()));
        json.raw(",\"source\":").string(candle.source().text());
        json.raw(",\"revision\":").number(candle.revision()).raw("}");
    }

}
