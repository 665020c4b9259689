package pregao.market.statistics;

/**
 * The normal distribution, with the same result to the last bit on every machine.
 */
final class NormalDistribution {

    private static final double[] ABOVE = { 3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383,
            112.079291497871, 221.213596169931, 220.206867912376 };

    private static final double[] BELOW = { 8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461,
            296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752 };

    private static final double FAR = 7.07106781186547;

    private static final double NOTHING = 37;

    private static final int HALVINGS = 200;

    private NormalDistribution() {
    }

    /**
     * How likely a value is at most this: J. F. Hart's rational approximation as in G.
     * West, Better approximations to cumulative normal functions, 2005, to 1e-15.
     * @param x in deviations from the mean
     * @return 0 to 1
     */
    static double below(double x) {
        double far = Math.abs(x);
        double tail = (far > NOTHING) ? 0 : StrictMath.exp(-far * far / 2) * ((far < FAR) ? near(far) : away(far));
        return (x > 0) ? 1 - tail : tail;
    }

    private static double near(double x) {
        return polynomial(ABOVE, x) / polynomial(BELOW, x);
    }

    private static double away(double x) {
        return 1 / ((x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631);
    }

    private static double polynomial(double[] factors, double x) {
        double sum = 0;
        for (double factor : factors) {
            sum = sum * x + factor;
        }
        return sum;
    }

    /**
     * Below what a value is with some likelihood, by halving.
     * @param likelihood above 0 and below 1
     * @return in deviations from the mean
     */
    static double quantile(double likelihood) {
        double low = -NOTHING;
        double high = NOTHING;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < likelihood) {
                low = middle;
            }
            else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

}
