package pregao.ingest.candle;

import pregao.contracts.Price;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;
import pregao.ingest.answer.JsonText;

/**
 * A candle of a list as JSON.
 */
public final class CandleJson {

    private CandleJson() {
    }

    /**
     * Writes a candle as a member of an object.
     * @param json behind another member
     * @param candle what to write
     */
    public static void write(JsonText json, Candle candle) {
        json.raw(",\"candle\":{\"feed\":").string(candle.instrument().feed());
        json.raw(",\"symbol\":").string(candle.instrument().symbol());
        json.raw(",\"timeframe\":").string(candle.timeframe().name());
        json.raw(",\"ts\":").time(candle.openTime());
        json.raw(",\"open\":").raw(Price.toText(candle.open()));
        json.raw(",\"high\":").raw(Price.toText(candle.high()));
        json.raw(",\"low\":").raw(Price.toText(candle.low()));
        json.raw(",\"close\":").raw(Price.toText(candle.close()));
        json.raw(",\"volume\":").raw(candle.volume().toPlainString());
        Spread spread = candle.spread();
        json.raw(",\"spread\":").raw((spread != null) ? Price.toText(spread.units()) : "null");
        if (spread != null) {
            json.raw(",\"spread_unit\":").string(spread.unit().text());
        }
        json.raw(",\"final\":").raw(Boolean.toString(candle.complete()));
        json.raw(",\"source\":").string(candle.source().text());
        json.raw(",\"revision\":").number(candle.revision()).raw("}");
    }

}
