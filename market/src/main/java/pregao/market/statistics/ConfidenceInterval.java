package pregao.market.statistics;

/**
 * Where a true rate lies, as far as a sample tells.
 *
 * @param low at least, 0 to 1
 * @param high at most, 0 to 1
 */
public record ConfidenceInterval(double low, double high) {

    /** Of the normal distribution, for 95 of 100 samples. */
    private static final double Z = 1.959963984540054;

    /**
     * Wilson's score interval, 95 %: E. B. Wilson, Probable inference, the law of
     * succession, and statistical inference, 1927.
     * @param wins of the sample
     * @param trials its size
     * @return the whole of 0 to 1 where there is no sample
     */
    public static ConfidenceInterval wilson(int wins, int trials) {
        if (trials == 0) {
            return new ConfidenceInterval(0, 1);
        }
        double rate = (double) wins / trials;
        double square = Z * Z / trials;
        double middle = rate + square / 2;
        double width = Z * Math.sqrt(rate * (1 - rate) / trials + square / (4 * trials));
        return new ConfidenceInterval((wins == 0) ? 0 : (middle - width) / (1 + square),
                (wins == trials) ? 1 : (middle + width) / (1 + square));
    }

}
