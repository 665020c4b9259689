package pregao.market.indicator;

import pregao.contracts.Prices;
import pregao.market.math.Int128;

/**
 * The mean of the last closes and their population standard deviation.
 * <p>
 * The sum and the squared spread, n·Σc² − (Σc)², slide as whole numbers, so they are what
 * the window alone would give. Where a close c replaces a close o, the latter grows by (c
 * − o)·(n·(c + o) − the sums before and after), one product of 128 bits. Closes so large
 * that its factors might not fit into 64 bits (2.3e9 in price for 20) are left to
 * {@code double}s over the window.
 */
final class BollingerBands {

    private final int period;

    private final long[] window;

    private final double priced;

    private final double deviations;

    private final long largest;

    private long sum;

    private final Int128 spread = new Int128();

    private int next;

    private boolean full;

    /**
     * How many closes in the window are above the largest; while there are, no sum holds.
     */
    private int tooLarge;

    /**
     * Bands of no closes.
     * @param period how many closes
     * @param deviations how many standard deviations each is away from the middle
     */
    BollingerBands(int period, int deviations) {
        this.period = period;
        this.priced = (double) period * Prices.ONE;
        this.deviations = deviations / this.priced;
        this.window = new long[period];
        this.largest = Long.MAX_VALUE / (2L * period);
    }

    void add(long close) {
        int at = this.next;
        long oldest = this.window[at];
        this.window[at] = close;
        this.next = at + 1;
        if (this.next == this.period) {
            this.next = 0;
            this.full = true;
        }
        if (this.tooLarge == 0 && close <= this.largest) {
            replace(oldest, close);
        }
        else {
            replaceLarge(oldest, close);
        }
    }

    private void replace(long oldest, long close) {
        long before = this.sum;
        this.sum += close - oldest;
        this.spread.addProduct(close - oldest, this.period * (close + oldest) - before - this.sum);
    }

    private void replaceLarge(long oldest, long close) {
        this.tooLarge += (close > this.largest) ? 1 : 0;
        this.tooLarge -= (oldest > this.largest) ? 1 : 0;
        if (this.tooLarge == 0) {
            this.sum = 0;
            this.spread.clear();
            for (long each : this.window) {
                replace(0, each);
            }
        }
    }

    /**
     * The mean.
     * @return a price
     */
    double middle() {
        if (!this.full) {
            return Double.NaN;
        }
        return ((this.tooLarge == 0) ? this.sum : largeSum()) / this.priced;
    }

    /**
     * How far the bands are from the middle.
     * @return a difference of prices
     */
    double width() {
        if (!this.full) {
            return Double.NaN;
        }
        return Math.sqrt((this.tooLarge == 0) ? this.spread.doubleValue() : largeSpread()) * this.deviations;
    }

    private double largeSum() {
        double total = 0;
        for (int i = 0; i < this.period; i++) {
            total += this.window[(this.next + i) % this.period];
        }
        return total;
    }

    private double largeSpread() {
        double mean = largeSum() / this.period;
        double squares = 0;
        for (int i = 0; i < this.period; i++) {
            double away = this.window[(this.next + i) % this.period] - mean;
            squares += away * away;
        }
        return squares * this.period;
    }

    void copyFrom(BollingerBands other) {
        System.arraycopy(other.window, 0, this.window, 0, this.period);
        this.sum = other.sum;
        this.spread.copyFrom(other.spread);
        this.next = other.next;
        this.full = other.full;
        this.tooLarge = other.tooLarge;
    }

}
