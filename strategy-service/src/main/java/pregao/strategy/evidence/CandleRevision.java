package pregao.strategy.evidence;

import java.time.Instant;

import pregao.contracts.Instrument;

/**
 * A candle that changed after it was final.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe, such as {@code M1}
 * @param at the open time
 * @param number the current revision; the first is 1
 */
record CandleRevision(Instrument instrument, String timeframe, Instant at, int number) {

}
