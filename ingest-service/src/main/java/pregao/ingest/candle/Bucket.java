package pregao.ingest.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * What can hold one candle.
 */
record Bucket(Instrument instrument, Timeframe timeframe, long openTime) {

    static Bucket of(Candle candle) {
        return new Bucket(candle.instrument(), candle.timeframe(), candle.openTime());
    }

    long end() {
        return this.openTime + this.timeframe.millis();
    }

}
