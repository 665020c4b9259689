package pregao.market.indicator;

import pregao.contracts.Prices;
import pregao.contracts.indicator.IndicatorConvention;

/**
 * The distance of a fast exponential mean of the closes from a slow one, and the mean of
 * the distances, its signal. Where exponential means begin with the first close, the
 * signal's begins with the first distance, which is 0, as {@code ewm(adjust=False)} of
 * pandas does; values are shown from where a window of that length is full.
 */
final class Macd {

    private static final double UNIT = 1.0 / Prices.ONE;

    private static final double NOTHING = 0x1p-48;

    private final Ema fast;

    private final Ema slow;

    private final MovingAverage signal;

    private final int shown;

    private final int signalShown;

    private int seen;

    Macd(IndicatorConvention convention, int fast, int slow, int signal) {
        boolean classic = convention == IndicatorConvention.CLASSIC;
        this.fast = new Ema(fast, classic ? fast : 1);
        this.slow = new Ema(slow, classic ? slow : 1);
        this.signal = (convention == IndicatorConvention.MT5) ? new RollingMean(signal)
                : new Ema(signal, classic ? signal : 1);
        this.shown = slow;
        this.signalShown = slow + signal - 1;
    }

    void add(long close) {
        double nothing = close * NOTHING;
        this.fast.add((double) close, nothing);
        this.slow.add((double) close, nothing);
        double distance = distance();
        if (!Double.isNaN(distance)) {
            this.signal.add(distance, nothing);
        }
        if (this.seen < this.signalShown) {
            this.seen++;
        }
    }

    private double distance() {
        return this.fast.value() - this.slow.value();
    }

    /**
     * The distance.
     * @return a difference of prices
     */
    double value() {
        return (this.seen >= this.shown) ? distance() * UNIT : Double.NaN;
    }

    /**
     * The mean of the distances.
     * @return a difference of prices
     */
    double signal() {
        return (this.seen >= this.signalShown) ? this.signal.value() * UNIT : Double.NaN;
    }

    void copyFrom(Macd other) {
        this.fast.copyFrom(other.fast);
        this.slow.copyFrom(other.slow);
        this.signal.copyFrom(other.signal);
        this.seen = other.seen;
    }

}
