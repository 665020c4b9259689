package pregao.strategy.evidence;

import pregao.contracts.Instrument;

/**
 * What a bot has seen of an instrument.
 *
 * @param instrument of which
 * @param from the first close it decided on, epoch milliseconds
 * @param to the end of the last minute, epoch milliseconds
 * @param decisions how many, those to hold included
 */
record ObservedRange(Instrument instrument, long from, long to, int decisions) {

}
