package pregao.strategy.evidence;

import java.time.Instant;

import pregao.contracts.Instrument;

/**
 * A candle that was changed after it was final.
 *
 * @param instrument of which
 * @param timeframe such as {@code M1}
 * @param at its open time
 * @param number which version of it there is now, the first is 1
 */
record CandleRevision(Instrument instrument, String timeframe, Instant at, int number) {

}
