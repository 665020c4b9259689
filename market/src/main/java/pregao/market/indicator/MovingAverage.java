package pregao.market.indicator;

/**
 * A mean in which later values count.
 */
sealed abstract class MovingAverage permits Ema, RollingMean {

    /**
     * Takes the next value.
     * @param value any number
     * @param nothing a difference that is too small to matter
     */
    abstract void add(double value, double nothing);

    /**
     * The mean.
     * @return NaN where too few values were added
     */
    abstract double value();

    /**
     * Becomes a copy.
     * @param other a smoothing of the same kind and period
     */
    abstract void copyFrom(MovingAverage other);

}
