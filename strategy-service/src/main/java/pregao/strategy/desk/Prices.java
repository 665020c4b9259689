package pregao.strategy.desk;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * From a minute that is said again and again as it forms, to what happened in between.
 */
final class Prices {

    private long minute = Long.MIN_VALUE;

    private long high;

    private long low;

    private long last;

    /**
     * What is new.
     * @param candle of a minute, forming or final
     * @param since what happened before that is not to be seen, epoch milliseconds
     * @return null where the minute is over, or nothing is new
     */
    @Nullable Stretch next(Candle candle, long since) {
        if (candle.openTime() < this.minute) {
            return null;
        }
        boolean same = candle.openTime() == this.minute;
        Stretch stretch = same ? rest(candle) : (since > candle.openTime()) ? Stretch.at(candle.close())
                : new Stretch(candle.open(), candle.high(), candle.low(), candle.close());
        this.minute = candle.openTime();
        this.high = candle.high();
        this.low = candle.low();
        this.last = candle.close();
        return stretch;
    }

    /** A new high or low was reached since; what was reached before is told already. */
    private Stretch rest(Candle candle) {
        long highest = (candle.high() > this.high) ? candle.high() : Math.max(this.last, candle.close());
        long lowest = (candle.low() < this.low) ? candle.low() : Math.min(this.last, candle.close());
        return new Stretch(this.last, highest, lowest, candle.close());
    }

    /**
     * The last price.
     * @return 0 where there was none
     */
    long last() {
        return this.last;
    }

}
