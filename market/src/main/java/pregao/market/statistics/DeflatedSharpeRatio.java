package pregao.market.statistics;

/**
 * What the best of many tries is worth: with enough of them one looks good by chance
 * alone. D. H. Bailey and M. López de Prado, The deflated Sharpe ratio, 2014.
 */
public final class DeflatedSharpeRatio {

    private static final double EULER = 0.5772156649015329;

    private DeflatedSharpeRatio() {
    }

    /**
     * How high the best of some tries is expected to be where none of them is any good,
     * which is where their mean is 0.
     * @param tries how many, which do not depend on each other
     * @param deviation of what they gave
     * @return in the unit of the deviation; 0 for one try
     */
    public static double best(int tries, double deviation) {
        if (tries < 2) {
            return 0;
        }
        double expected = (1 - EULER) * NormalDistribution.quantile(1 - 1.0 / tries)
                + EULER * NormalDistribution.quantile(1 - 1 / (tries * StrictMath.E));
        return deviation * expected;
    }

    /**
     * How likely a Sharpe ratio is truly above another one, given how long and how wild
     * what was seen is.
     * @param sharpe of a day
     * @param other to be above
     * @param days that were seen
     * @param skewness of the days' returns
     * @param kurtosis of the days' returns, 3 where they are normal
     * @return 0 to 1; NaN where there are fewer than two days or it cannot be said
     */
    public static double deflated(double sharpe, double other, int days, double skewness, double kurtosis) {
        double square = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
        if (days < 2 || !(square > 0)) {
            return Double.NaN;
        }
        double deviations = (sharpe - other) * Math.sqrt(days - 1) / Math.sqrt(square);
        return Double.isNaN(deviations) ? Double.NaN : NormalDistribution.below(deviations);
    }

}
