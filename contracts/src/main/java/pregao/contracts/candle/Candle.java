package pregao.contracts.candle;

import java.math.BigDecimal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Volumes;
import pregao.contracts.feed.BucketGrid;

/**
 * What the prices of an instrument did in one bucket of time.
 *
 * @param instrument of what
 * @param timeframe how long
 * @param openTime the start of the bucket on the grid of the feed, epoch milliseconds
 * @param open the first price, units of 1e-8
 * @param high the highest price, units of 1e-8
 * @param low the lowest price, units of 1e-8
 * @param close the last price, units of 1e-8
 * @param volume at least 0, with 8 decimals at most; candles built from ticks count them;
 * kept without zeros at the end of its decimals
 * @param spread the mean spread, or null where nobody said
 * @param source where it comes from
 * @param isFinal whether it is final, not forming
 * @param revision 0 while forming or not yet stored, 1 the first final, and 1 more for
 * each later change of values
 */
public record Candle(Instrument instrument, Timeframe timeframe, long openTime, long open, long high, long low,
        long close, BigDecimal volume, @Nullable Spread spread, CandleSource source, boolean isFinal, int revision) {

    public Candle {
        EpochMillis.checked(openTime);
        if (!BucketGrid.isPossibleStart(timeframe, openTime)) {
            throw new IllegalArgumentException("open time %d is no start of %s".formatted(openTime, timeframe));
        }
        if (low <= 0 || high > Prices.MAX) {
            throw new IllegalArgumentException("prices must be above 0 and at most 9e10, not %s to %s"
                .formatted(Prices.toText(low), Prices.toText(high)));
        }
        if (high < Math.max(open, close) || low > Math.min(open, close)) {
            throw new IllegalArgumentException("high %s and low %s do not enclose open %s and close %s"
                .formatted(Prices.toText(high), Prices.toText(low), Prices.toText(open), Prices.toText(close)));
        }
        if (revision < 0) {
            throw new IllegalArgumentException("revision must be at least 0, not " + revision);
        }
        volume = Volumes.checked(volume, timeframe.minutes());
    }

    /**
     * The same candle as the database answered it.
     * @param stored the revision it has now
     * @return a copy
     */
    public Candle withRevision(int stored) {
        return new Candle(this.instrument, this.timeframe, this.openTime, this.open, this.high, this.low, this.close,
                this.volume, this.spread, this.source, this.isFinal, stored);
    }

    /**
     * The same candle, final.
     * @return a copy
     */
    public Candle asFinal() {
        return withFinality(true);
    }

    /**
     * The same candle, final or not.
     * @param isFinal whether it is final
     * @return a copy
     */
    public Candle withFinality(boolean isFinal) {
        return new Candle(this.instrument, this.timeframe, this.openTime, this.open, this.high, this.low, this.close,
                this.volume, this.spread, this.source, isFinal, this.revision);
    }

    /**
     * Returns the end of the bucket.
     * @param grid of the feed
     * @return epoch milliseconds, the first moment not in it
     */
    public long closeTime(BucketGrid grid) {
        return grid.bucketEnd(this.timeframe, this.openTime);
    }

    /**
     * Whether another candle of the same bucket says the same prices, volume and spread.
     * @param other a candle
     * @return true if a reader could not tell them apart
     */
    public boolean sameValues(Candle other) {
        return this.open == other.open && this.high == other.high && this.low == other.low && this.close == other.close
                && this.volume.compareTo(other.volume) == 0 && Objects.equals(this.spread, other.spread);
    }

}
