package pregao.market.statistics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is put on each entry of a cycle, and what that brings: an option that wins pays
 * the stake and so much of it more, one that loses keeps the stake.
 *
 * @param payout of an option, as a part of the stake, such as 0.87
 * @param levels the stakes of the entries, the first is 1
 */
public record StakeProgression(BigDecimal payout, List<BigDecimal> levels) {

    public StakeProgression {
        levels = List.copyOf(levels);
        if (payout.signum() <= 0) {
            throw new IllegalArgumentException("payout must be above 0, not " + payout);
        }
        if (levels.isEmpty() || levels.stream().anyMatch((stake) -> stake.signum() <= 0)) {
            throw new IllegalArgumentException("stakes must be above 0, not " + levels);
        }
    }

    /**
     * Stakes that grow by a factor.
     * @param payout of an option
     * @param factor such as 2
     * @param gales how many entries may follow a lost one
     * @return 1, the factor, its square, …
     */
    public static StakeProgression growing(BigDecimal payout, BigDecimal factor, int gales) {
        List<BigDecimal> levels = new ArrayList<>();
        for (int level = 0; level <= gales; level++) {
            levels.add(factor.pow(level));
        }
        return new StakeProgression(payout, levels);
    }

    /**
     * What a cycle brings that is won at a level.
     * @param level 0 for the first entry
     * @return in stakes of the first entry
     */
    public BigDecimal won(int level) {
        return this.levels.get(level).multiply(this.payout).subtract(sum(level));
    }

    /**
     * What a lost cycle costs, which is all that can be lost in one.
     * @return in stakes of the first entry
     */
    public BigDecimal risk() {
        return sum(this.levels.size());
    }

    /**
     * The rate of single entries at which nothing is won or lost: 1 / (1 + payout).
     * @return 0 to 1
     */
    public double breakEvenEntry() {
        return 1 / (1 + this.payout.doubleValue());
    }

    /**
     * The rate of cycles at which nothing is won or lost, where candles do not depend on
     * each other. It does not depend on how stakes grow.
     * @return 0 to 1
     */
    public double breakEvenCycle() {
        return breakEvenUpTo(this.levels.size() - 1);
    }

    /**
     * The same, if one stopped at a level.
     * @param level 0 for the first entry
     * @return 0 to 1
     */
    public double breakEvenUpTo(int level) {
        return 1 - Math.pow(1 - breakEvenEntry(), level + 1.0);
    }

    private BigDecimal sum(int levels) {
        return this.levels.subList(0, levels).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

}
