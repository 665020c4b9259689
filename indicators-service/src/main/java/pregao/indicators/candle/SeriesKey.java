package pregao.indicators.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * The identity of a series: an instrument and a timeframe.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe of the candles
 */
public record SeriesKey(Instrument instrument, Timeframe timeframe) {

    /**
     * Returns the series of a candle.
     * @param candle the candle
     * @return the key of the series
     */
    public static SeriesKey of(Candle candle) {
        return new SeriesKey(candle.instrument(), candle.timeframe());
    }

}
