package pregao.market.indicator;

/**
 * The plain mean of the last values, added up again each time, from the oldest to the
 * newest: a sum of {@code double}s that slides would keep every error of rounding.
 */
final class RecentMean extends Smoothing {

    private final double[] window;

    private int next;

    private boolean full;

    RecentMean(int period) {
        this.window = new double[period];
    }

    @Override
    void add(double value, double nothing) {
        this.window[this.next] = value;
        this.next++;
        if (this.next == this.window.length) {
            this.next = 0;
            this.full = true;
        }
    }

    @Override
    double value() {
        if (!this.full) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = this.next; i < this.window.length; i++) {
            sum += this.window[i];
        }
        for (int i = 0; i < this.next; i++) {
            sum += this.window[i];
        }
        return sum / this.window.length;
    }

    @Override
    void copyFrom(Smoothing other) {
        RecentMean from = (RecentMean) other;
        System.arraycopy(from.window, 0, this.window, 0, this.window.length);
        this.next = from.next;
        this.full = from.full;
    }

}
