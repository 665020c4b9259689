package pregao.aggregator.tick;

import pregao.contracts.Instrument;

/**
 * The identity of a minute of an instrument.
 *
 * @param instrument the instrument
 * @param minute the start of the minute, in epoch milliseconds
 */
public record MinuteKey(Instrument instrument, long minute) {
}
