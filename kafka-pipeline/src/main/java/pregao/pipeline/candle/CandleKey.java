package pregao.pipeline.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * The identity of a candle.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe
 * @param openTime the open time, in epoch milliseconds
 */
public record CandleKey(Instrument instrument, Timeframe timeframe, long openTime) {

    /**
     * Returns the key of a candle.
     * @param candle the candle
     * @return the key
     */
    public static CandleKey of(Candle candle) {
        return new CandleKey(candle.instrument(), candle.timeframe(), candle.openTime());
    }

}
