package pregao.market.statistics;

/**
 * How likely a bankroll is lost in the end where the same bet is made on and on.
 */
public final class RiskOfRuin {

    private static final int STEPS = 200;

    private RiskOfRuin() {
    }

    /**
     * Lundberg's bound (F. Lundberg, 1903; H. Cramér, 1930): with an edge, ruin is at
     * most as likely as e to the minus R times the bankroll, where R is what makes the
     * mean of e to the minus R times the result 1. Without an edge, ruin is certain.
     * @param results of one bet
     * @param chances of each result, 1 together
     * @param bankroll in the unit of the results
     * @return 0 to 1
     */
    public static double risk(double[] results, double[] chances, double bankroll) {
        double mean = 0;
        double worst = 0;
        for (int i = 0; i < results.length; i++) {
            mean += results[i] * chances[i];
            worst = (chances[i] > 0) ? Math.min(worst, results[i]) : worst;
        }
        if (worst == 0) {
            return 0;
        }
        if (mean <= 0 || bankroll <= 0) {
            return 1;
        }
        return Math.exp(-adjustment(results, chances, worst) * bankroll);
    }

    private static double adjustment(double[] results, double[] chances, double worst) {
        double low = 0;
        double high = 1 / -worst;
        while (excess(results, chances, high) < 0) {
            low = high;
            high *= 2;
        }
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                break; // no number lies between
            }
            if (excess(results, chances, middle) < 0) {
                low = middle;
            }
            else {
                high = middle;
            }
        }
        return low;
    }

    private static double excess(double[] results, double[] chances, double rate) {
        double sum = -1;
        for (int i = 0; i < results.length; i++) {
            sum += chances[i] * Math.exp(-rate * results[i]);
        }
        return sum;
    }

}
