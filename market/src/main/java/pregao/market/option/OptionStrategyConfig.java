package pregao.market.option;

import java.math.BigDecimal;
import java.util.List;

import pregao.market.pattern.Pattern;

/**
 * What is bet on options, and how much.
 *
 * @param pattern which gives the sides
 * @param stake of the first entry, in the currency
 * @param levels the stakes of all entries of a cycle, where the first is 1; as many as
 * there may be
 * @param decimals of the currency
 * @param equals what follows an entry whose stake came back
 */
public record OptionStrategyConfig(Pattern pattern, BigDecimal stake, List<BigDecimal> levels, int decimals,
        TiePolicy equals) {

    private static final int MOST_LEVELS = 6;

    private static final int MOST_DECIMALS = 8;

    public OptionStrategyConfig {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.size() > MOST_LEVELS) {
            throw new IllegalArgumentException("levels must be 1 to 6, not " + levels);
        }
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException("decimals must be from 0 to 8, not " + decimals);
        }
        MartingaleCycle.begin(stake, levels, decimals, equals); // refuses stakes that are
                                                                // nothing
    }

    /**
     * How many entries may follow a lost one.
     * @return 0 to 5
     */
    public int gales() {
        return this.levels.size() - 1;
    }

    /**
     * What a cycle puts in where no entry wins.
     * @return the stakes of the first entry and of all that may follow, in their order
     */
    public List<BigDecimal> stakes() {
        return begin().stakes();
    }

    MartingaleCycle begin() {
        return MartingaleCycle.begin(this.stake, this.levels, this.decimals, this.equals);
    }

}
