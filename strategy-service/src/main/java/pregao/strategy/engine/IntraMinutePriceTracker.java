package pregao.strategy.engine;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * Derives the price range since the last update from repeated versions of a forming
 * candle.
 */
final class IntraMinutePriceTracker {

    private static final long MINUTE = 60_000;

    private static final MinuteRange NONE = new MinuteRange(Long.MIN_VALUE, 0, 0, 0);

    private MinuteRange latest = NONE;

    private MinuteRange previous = NONE;

    /**
     * Tracks a candle and returns the new part of its price range.
     * @param candle the forming or final candle of a minute
     * @param since the time up to which prices are ignored, in epoch milliseconds
     * @return the new range, or null if a later minute was already tracked
     */
    @Nullable PriceRange track(Candle candle, long since) {
        if (candle.openTime() < this.latest.minute()) {
            return null;
        }
        boolean isSameMinute = candle.openTime() == this.latest.minute();
        PriceRange range = isSameMinute ? newRange(this.latest, candle) : fullRange(candle, since);
        this.previous = isSameMinute ? this.previous : this.latest;
        this.latest = MinuteRange.of(candle);
        return range;
    }

    /**
     * Returns the new part of the range of a minute that comes after a later minute was
     * tracked. The last update of a minute can arrive after the first update of the next
     * one.
     * @param candle the forming or final candle of a minute
     * @param since the time up to which prices are ignored, in epoch milliseconds
     * @return the new range, or null if no later minute was tracked or the minute ends
     * before {@code since}
     */
    @Nullable PriceRange trackLate(Candle candle, long since) {
        if (candle.openTime() >= this.latest.minute() || since >= candle.openTime() + MINUTE) {
            return null;
        }
        if (candle.openTime() != this.previous.minute()) {
            return fullRange(candle, since);
        }
        PriceRange range = newRange(this.previous, candle);
        this.previous = MinuteRange.of(candle);
        return range;
    }

    private static PriceRange fullRange(Candle candle, long since) {
        return (since > candle.openTime()) ? PriceRange.ofPrice(candle.close())
                : new PriceRange(candle.open(), candle.high(), candle.low(), candle.close());
    }

    /**
     * Returns the range since the last version of the candle. A high or low that exceeds
     * the tracked one is new; otherwise the extremes are the last and the current price.
     */
    private static PriceRange newRange(MinuteRange seen, Candle candle) {
        long high = (candle.high() > seen.high()) ? candle.high() : Math.max(seen.last(), candle.close());
        long low = (candle.low() < seen.low()) ? candle.low() : Math.min(seen.last(), candle.close());
        return new PriceRange(seen.last(), high, low, candle.close());
    }

    /**
     * Returns the last price.
     * @return the price in units of 1e-8; 0 if there is none
     */
    long lastPrice() {
        return this.latest.last();
    }

    /**
     * The tracked range of a minute. Prices are in units of 1e-8.
     *
     * @param minute the open time in epoch milliseconds
     * @param high the highest price
     * @param low the lowest price
     * @param last the last price
     */
    private record MinuteRange(long minute, long high, long low, long last) {

        static MinuteRange of(Candle candle) {
            return new MinuteRange(candle.openTime(), candle.high(), candle.low(), candle.close());
        }

    }

}
