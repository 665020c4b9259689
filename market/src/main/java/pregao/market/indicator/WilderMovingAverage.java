package pregao.market.indicator;

import pregao.contracts.Prices;

/**
 * Wilder's mean: each number moves it by its period's share. Below 1e-9 of a unit (1e-17
 * in price) it is zero, because what happened before hundreds of candles without a change
 * is to be forgotten, not remembered as a ratio of next to nothing.
 */
final class WilderMovingAverage extends RunningMean {

    private static final double NOTHING = 1e-9;

    private final int period;

    private final double share;

    private int seen;

    private double mean;

    WilderMovingAverage(int period) {
        this.period = period;
        this.share = 1.0 / period;
    }

    @Override
    void add(long number) {
        if (this.seen < this.period) {
            seed(number);
            return;
        }
        double moved = this.mean + (number - this.mean) * this.share;
        this.mean = (moved < NOTHING) ? 0 : moved;
    }

    private void seed(long number) {
        this.mean += number;
        this.seen++;
        if (this.seen == this.period) {
            this.mean /= this.period;
        }
    }

    @Override
    double value() {
        return units() / Prices.ONE;
    }

    double units() {
        return (this.seen == this.period) ? this.mean : Double.NaN;
    }

    @Override
    void copyFrom(RunningMean other) {
        WilderMovingAverage from = (WilderMovingAverage) other;
        this.seen = from.seen;
        this.mean = from.mean;
    }

}
