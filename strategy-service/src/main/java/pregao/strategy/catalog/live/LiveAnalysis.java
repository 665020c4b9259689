package pregao.strategy.catalog.live;

import java.util.UUID;

import pregao.market.catalog.Catalog;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternEvaluator;
import pregao.strategy.catalog.Analysis;

/**
 * An analysis that is kept up to date.
 *
 * @param id the id of the analysis
 * @param person the id of the user
 * @param analysis the analysis
 * @param pattern the pattern that evaluates the blocks
 * @param catalog evaluates all blocks
 * @param reading evaluates one block
 */
record LiveAnalysis(UUID id, UUID person, Analysis analysis, Pattern pattern, Catalog catalog,
        PatternEvaluator reading) {

    static LiveAnalysis of(UUID id, UUID person, Analysis analysis) {
        Pattern pattern = analysis.pattern().toPattern();
        return new LiveAnalysis(id, person, analysis, pattern, new Catalog(analysis.toCatalogConfig()),
                new PatternEvaluator(pattern, analysis.gales()));
    }

    /** Returns whether a block ends at a time. */
    boolean isBlockEnd(long time) {
        return Math.floorMod(time, this.pattern.blockMillis()) == 0;
    }

    /**
     * Returns the start of the block whose side becomes known at a time. It is meaningful
     * only if {@link #isDecisionTime} is true.
     */
    long decidedBlockStart(long time) {
        return time - this.pattern.needed() * this.pattern.timeframe().millis();
    }

    /** Returns whether the side of a block becomes known at a time. */
    boolean isDecisionTime(long time) {
        return isBlockEnd(decidedBlockStart(time));
    }

}
