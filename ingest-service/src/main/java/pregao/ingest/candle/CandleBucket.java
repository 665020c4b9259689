package pregao.ingest.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * Time bucket of an instrument and timeframe, which holds at most one candle.
 */
record CandleBucket(Instrument instrument, Timeframe timeframe, long openTime) {

    static CandleBucket of(Candle candle) {
        return new CandleBucket(candle.instrument(), candle.timeframe(), candle.openTime());
    }

    long endTime() {
        return this.openTime + this.timeframe.millis();
    }

}
