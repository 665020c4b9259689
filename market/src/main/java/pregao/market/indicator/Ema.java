package pregao.market.indicator;

/**
 * An exponential mean, which begins with the plain mean of its first values.
 */
final class Ema extends MovingAverage {

    private final double weight;

    private final int seed;

    private int seen;

    private double mean;

    /**
     * An exponential mean of nothing.
     * @param period of which 2 / (period + 1) is the weight of the next value
     * @param seed how many values it begins with
     */
    Ema(int period, int seed) {
        this.weight = 2.0 / (period + 1);
        this.seed = seed;
    }

    @Override
    void add(double value, double nothing) {
        if (this.seen < this.seed) {
            this.mean += value;
            this.seen++;
            if (this.seen == this.seed) {
                this.mean /= this.seed;
            }
            return;
        }
        double away = value - this.mean;
        // Rounding would let it stand still a few bits beside a value that no longer
        // changes,
        // on which side by how it came there: then two histories would never agree.
        this.mean = (Math.abs(away) <= nothing) ? value : this.mean + away * this.weight;
    }

    @Override
    double value() {
        return (this.seen == this.seed) ? this.mean : Double.NaN;
    }

    @Override
    void copyFrom(MovingAverage other) {
        Ema from = (Ema) other;
        this.seen = from.seen;
        this.mean = from.mean;
    }

}
