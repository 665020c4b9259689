package pregao.contracts.backfill;

import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * A wish to whoever can fetch candles: these are missing here. Times are epoch
 * milliseconds.
 *
 * @param instrument of what
 * @param timeframe how long
 * @param from the first open time that is missing, on a boundary of the timeframe
 * @param to the end, on a boundary after {@code from}; the candle there is not missing
 * @param wishedAt when it was asked for
 */
public record BackfillRequest(Instrument instrument, Timeframe timeframe, long from, long to, long wishedAt) {

    public BackfillRequest {
        EpochMillis.checked(from);
        EpochMillis.checked(to);
        EpochMillis.checked(wishedAt);
        if (!BucketGrid.isPossibleStart(timeframe, from) || !BucketGrid.isPossibleStart(timeframe, to) || from >= to) {
            throw new IllegalArgumentException("a backfill request is from one start of %s to a later one, not %d to %d"
                .formatted(timeframe, from, to));
        }
    }

}
