package pregao.market.statistics;

/**
 * How likely so many wins are by chance alone, exactly: sums of the binomial distribution
 * itself, built from its peak by the ratios of neighbouring terms, so that nothing
 * overflows and no approximation is needed.
 */
public final class BinomialTest {

    private BinomialTest() {
    }

    /**
     * The one-sided p-value of a number of wins.
     * @param wins at least so many
     * @param trials out of so many
     * @param chance of one win, 0 to 1
     * @return how likely that many wins or more are
     */
    public static double atLeast(int wins, int trials, double chance) {
        if (wins < 0 || wins > trials || !(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                    "no such binomial: %d of %d with a chance of %s".formatted(wins, trials, chance));
        }
        if (wins == 0 || chance == 1) {
            return 1;
        }
        if (chance == 0) {
            return 0;
        }
        int peak = (int) Math.min(trials, (trials + 1L) * chance);
        double odds = chance / (1 - chance);
        double all = 0;
        double tail = 0;
        double term = 1;
        for (int k = peak; k <= trials && term > 0; k++) {
            all += term;
            tail += (k >= wins) ? term : 0;
            term *= (trials - k) * odds / (k + 1.0);
        }
        term = 1;
        for (int k = peak; k > 0 && term > 0; k--) {
            term *= k / ((trials - k + 1.0) * odds);
            all += term;
            tail += (k - 1 >= wins) ? term : 0;
        }
        return Math.min(1, tail / all);
    }

}
