package pregao.aggregator.tick;

import pregao.contracts.Instrument;

/**
 * One minute of one instrument.
 *
 * @param instrument of what
 * @param minute its start, epoch milliseconds
 */
public record MinuteKey(Instrument instrument, long minute) {
}
