package pregao.market.indicator;

/**
 * A mean of whole numbers that are not negative. It begins with the plain mean of as many
 * as its period has.
 */
sealed abstract class RunningMean permits SimpleMovingAverage, WilderMovingAverage {

    abstract void add(long number);

    /**
     * The mean, of numbers that are units of 1e-8.
     * @return a price, or NaN where fewer numbers were added than the period has
     */
    abstract double value();

    /**
     * Becomes a copy.
     * @param other an average of the same kind and period
     */
    abstract void copyFrom(RunningMean other);

}
