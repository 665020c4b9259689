package pregao.market.indicator;

import pregao.contracts.Prices;
import pregao.market.math.Int128;

/**
 * The plain mean of the last numbers. Their sum is exact, so that sliding gives what
 * adding them up again would give.
 */
final class SimpleMovingAverage extends RunningMean {

    private final long[] window;

    private final double priced;

    private final Int128 sum = new Int128();

    private int next;

    private boolean full;

    SimpleMovingAverage(int period) {
        this.window = new long[period];
        this.priced = (double) period * Prices.ONE;
    }

    @Override
    void add(long number) {
        int at = this.next;
        this.sum.add(number - this.window[at]);
        this.window[at] = number;
        this.next = at + 1;
        if (this.next == this.window.length) {
            this.next = 0;
            this.full = true;
        }
    }

    @Override
    double value() {
        return this.full ? this.sum.doubleValue() / this.priced : Double.NaN;
    }

    @Override
    void copyFrom(RunningMean other) {
        SimpleMovingAverage from = (SimpleMovingAverage) other;
        System.arraycopy(from.window, 0, this.window, 0, this.window.length);
        this.sum.copyFrom(from.sum);
        this.next = from.next;
        this.full = from.full;
    }

}
