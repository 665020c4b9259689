package pregao.strategy.catalog.live;

import java.util.UUID;

import pregao.market.catalog.Catalog;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternEvaluator;
import pregao.strategy.catalog.Analysis;

/**
 * An analysis that is kept up to date.
 *
 * @param id which
 * @param person whose
 * @param analysis what is analysed
 * @param pattern by which blocks are read
 * @param catalog reads all blocks
 * @param reading reads one block
 */
record LiveAnalysis(UUID id, UUID person, Analysis analysis, Pattern pattern, Catalog catalog,
        PatternEvaluator reading) {

    static LiveAnalysis of(UUID id, UUID person, Analysis analysis) {
        Pattern pattern = analysis.pattern().toPattern();
        return new LiveAnalysis(id, person, analysis, pattern, new Catalog(analysis.toCatalogConfig()),
                new PatternEvaluator(pattern, analysis.gales()));
    }

    /** Whether a block ends with this moment. */
    boolean isBlockEnd(long time) {
        return Math.floorMod(time, this.pattern.blockMillis()) == 0;
    }

    /** The start of the block whose side is known with this moment, if it is one. */
    long decidedBlockStart(long time) {
        return time - this.pattern.needed() * this.pattern.timeframe().millis();
    }

    /** Whether the side of a block is known with this moment. */
    boolean isDecisionTime(long time) {
        return isBlockEnd(decidedBlockStart(time));
    }

}
