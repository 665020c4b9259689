package pregao.market.backtest;

/**
 * How the days' returns were spread.
 *
 * @param days how many there were
 * @param mean of them
 * @param deviation of them, by one less than there are; NaN where there are fewer than
 * two
 * @param skewness 0 where large gains are as frequent as large losses; NaN where nothing
 * moved
 * @param kurtosis 3 for a normal distribution, more where days are wilder; NaN where
 * nothing moved
 */
public record DailyReturnStatistics(int days, double mean, double deviation, double skewness, double kurtosis) {

    /**
     * From sums of powers.
     * @param days how many
     * @param sums of the returns, their squares, cubes and fourth powers
     * @return the moments
     */
    static DailyReturnStatistics of(int days, double[] sums) {
        double mean = sums[0] / days;
        double second = sums[1] / days - mean * mean;
        double third = sums[2] / days - 3 * mean * sums[1] / days + 2 * mean * mean * mean;
        double fourth = sums[3] / days - 4 * mean * sums[2] / days + 6 * mean * mean * sums[1] / days
                - 3 * mean * mean * mean * mean;
        boolean moved = days > 1 && second > 0;
        return new DailyReturnStatistics(days, mean,
                (days > 1) ? Math.sqrt(Math.max(0, second) * days / (days - 1)) : Double.NaN,
                moved ? third / (second * Math.sqrt(second)) : Double.NaN,
                moved ? fourth / (second * second) : Double.NaN);
    }

    /**
     * The mean by the deviation.
     * @return a day's, not a year's; NaN where nothing moved
     */
    public double sharpe() {
        return (this.deviation > 0) ? this.mean / this.deviation : Double.NaN;
    }

}
