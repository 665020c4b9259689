package pregao.aggregator.candle;

import pregao.contracts.Instrument;

/**
 * Up to when the buckets of an instrument are closed: what is provided before may be
 * final by succession.
 *
 * @param instrument of what
 * @param until a bucket whose end is not after this is closed, epoch milliseconds
 * @param ticks whether the instrument has ticks
 */
public record CloseBoundary(Instrument instrument, long until, boolean ticks) {
}
