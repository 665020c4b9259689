package pregao.strategy.catalog;

import pregao.contracts.Instrument;
import pregao.market.pattern.CandleColors;

/**
 * What an analysis looked at of one instrument.
 *
 * @param instrument which
 * @param colours of its last candles; may be empty
 * @param asOf the moment as of which they are read, epoch milliseconds
 */
public record AnalyzedSeries(Instrument instrument, CandleColors colours, long asOf) {

}
