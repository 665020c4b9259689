package pregao.indicators.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * The candles of one timeframe of an instrument.
 *
 * @param instrument of what
 * @param timeframe how long each is
 */
public record SeriesKey(Instrument instrument, Timeframe timeframe) {

    /**
     * Where a candle belongs.
     * @param candle any
     * @return its series
     */
    public static SeriesKey of(Candle candle) {
        return new SeriesKey(candle.instrument(), candle.timeframe());
    }

}
