package pregao.aggregator.candle;

import pregao.contracts.Instrument;

/**
 * The time until which the buckets of an instrument are closed. Provided candles of
 * closed buckets may become final by succession.
 *
 * @param instrument the instrument
 * @param until a bucket that ends at or before this time is closed, in epoch milliseconds
 * @param ticks whether the instrument has ticks
 */
public record CloseBoundary(Instrument instrument, long until, boolean ticks) {
}
