package pregao.market.indicator;

import pregao.contracts.Price;

/**
 * The plain mean of the last numbers. Their sum is exact, so that sliding gives what
 * adding them up again would give.
 */
final class WindowAverage extends Average {

    private final long[] window;

    private final double priced;

    private final Wide sum = new Wide();

    private int next;

    private boolean full;

    WindowAverage(int period) {
        this.window = new long[period];
        this.priced = (double) period * Price.ONE;
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
    void copyFrom(Average other) {
        WindowAverage from = (WindowAverage) other;
        System.arraycopy(from.window, 0, this.window, 0, this.window.length);
        this.sum.copyFrom(from.sum);
        this.next = from.next;
        this.full = from.full;
    }

}
