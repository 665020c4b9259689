package pregao.strategy.evidence;

import pregao.contracts.Instrument;

/**
 * The range of an instrument that a bot has observed.
 *
 * @param instrument the instrument
 * @param from the first close that the bot decided on, in epoch milliseconds
 * @param to the end of the last minute, in epoch milliseconds
 * @param decisions the number of decisions, including those to hold
 */
record ObservedRange(Instrument instrument, long from, long to, int decisions) {

}
