package pregao.market.catalog;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.market.pattern.Pattern;
import pregao.market.statistics.StakeProgression;

/**
 * What a catalogue looks at.
 *
 * @param pattern by which blocks are read
 * @param gales how many entries may follow a lost one, 0 to 5
 * @param blocks how many of the last blocks
 * @param hours at which hours blocks count, or null for all
 * @param stakes what is put on each entry
 * @param bankroll what may be lost in all, in stakes of the first entry
 */
public record CatalogConfig(Pattern pattern, int gales, int blocks, @Nullable HourFilter hours, StakeProgression stakes,
        BigDecimal bankroll) {

    /** How many blocks are looked at where nobody says. */
    public static final int BLOCKS = 100;

    /** How many blocks are looked at at most: five weeks of five minutes. */
    public static final int MOST_BLOCKS = 10_000;

    public CatalogConfig {
        if (blocks < 1 || blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("blocks must be from 1 to %d, not %d".formatted(MOST_BLOCKS, blocks));
        }
        if (stakes.levels().size() != gales + 1) {
            throw new IllegalArgumentException(
                    "stakes must be one for each of %d entries, not %s".formatted(gales + 1, stakes.levels()));
        }
        if (bankroll.signum() <= 0) {
            throw new IllegalArgumentException("bankroll must be above 0, not " + bankroll);
        }
    }

    /**
     * The defaults of a pattern: two gales, each double the one before, 100 blocks, and a
     * bankroll of 100 stakes.
     * @param pattern by which blocks are read
     * @param payout of an option, as a part of the stake
     * @return settings
     */
    public static CatalogConfig of(Pattern pattern, BigDecimal payout) {
        return new CatalogConfig(pattern, 2, BLOCKS, null, StakeProgression.growing(payout, BigDecimal.TWO, 2),
                new BigDecimal(100));
    }

}
