package pregao.pipeline.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * Which candle.
 *
 * @param instrument of what
 * @param timeframe how long
 * @param openTime epoch milliseconds
 */
public record CandleKey(Instrument instrument, Timeframe timeframe, long openTime) {

    /**
     * The key of a candle.
     * @param candle any
     * @return its key
     */
    public static CandleKey of(Candle candle) {
        return new CandleKey(candle.instrument(), candle.timeframe(), candle.openTime());
    }

}
