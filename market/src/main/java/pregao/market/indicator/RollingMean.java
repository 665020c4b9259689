package pregao.market.indicator;

/**
 * The plain mean of the last values, added up again each time, from the oldest to the
 * newest: a sum of {@code double}s that slides would keep every error of rounding.
 */
final class RollingMean extends MovingAverage {

    private final int period;

    /**
     * Each value twice, a period apart, so that the last ones are always in one piece.
     */
    private final double[] values;

    private int next;

    private boolean full;

    private double mean = Double.NaN;

    RollingMean(int period) {
        this.period = period;
        this.values = new double[2 * period];
    }

    @Override
    void add(double value, double nothing) {
        this.values[this.next] = value;
        this.values[this.next + this.period] = value;
        this.next++;
        if (this.next == this.period) {
            this.next = 0;
            this.full = true;
        }
        this.mean = this.full ? sum() / this.period : Double.NaN;
    }

    private double sum() {
        double sum = 0;
        for (int i = this.next; i < this.next + this.period; i++) {
            sum += this.values[i];
        }
        return sum;
    }

    @Override
    double value() {
        return this.mean;
    }

    @Override
    void copyFrom(MovingAverage other) {
        RollingMean from = (RollingMean) other;
        System.arraycopy(from.values, 0, this.values, 0, this.values.length);
        this.next = from.next;
        this.full = from.full;
        this.mean = from.mean;
    }

}
