package pregao.strategy.engine;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * From a minute that is said again and again as it forms, to what happened in between.
 */
final class IntraMinutePriceTracker {

    private static final long MINUTE = 60_000;

    private static final MinuteRange NONE = new MinuteRange(Long.MIN_VALUE, 0, 0, 0);

    private MinuteRange latest = NONE;

    private MinuteRange previous = NONE;

    /**
     * What is new.
     * @param candle of a minute, forming or final
     * @param since what happened before that is not to be seen, epoch milliseconds
     * @return null where a later minute was seen
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
     * What is new of a minute after which a later one was seen: the last of a minute may
     * come after the first of the next.
     * @param candle of a minute, forming or final
     * @param since what happened before that is not to be seen, epoch milliseconds
     * @return null where no later minute was seen, or all of it happened before
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

    /** A new high or low was reached since; what was reached before is told already. */
    private static PriceRange newRange(MinuteRange seen, Candle candle) {
        long high = (candle.high() > seen.high()) ? candle.high() : Math.max(seen.last(), candle.close());
        long low = (candle.low() < seen.low()) ? candle.low() : Math.min(seen.last(), candle.close());
        return new PriceRange(seen.last(), high, low, candle.close());
    }

    /**
     * The last price.
     * @return 0 where there was none
     */
    long lastPrice() {
        return this.latest.last();
    }

    /**
     * How far a minute was seen. Prices are units of 1e-8.
     *
     * @param minute its open time, epoch milliseconds
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
