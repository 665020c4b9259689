package pregao.strategy.catalog;

import pregao.contracts.Instrument;
import pregao.market.pattern.CandleColors;

/**
 * The candle colors that an analysis evaluates for one instrument.
 *
 * @param instrument the instrument
 * @param colours the colors of the latest candles; may be empty
 * @param asOf the reference time of the evaluation, in epoch milliseconds
 */
public record AnalyzedSeries(Instrument instrument, CandleColors colours, long asOf) {

}
