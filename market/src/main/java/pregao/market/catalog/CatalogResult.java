package pregao.market.catalog;

import java.util.List;

import pregao.contracts.Instrument;
import pregao.market.pattern.PatternResult;

/**
 * How a pattern did on one instrument.
 *
 * @param instrument on which
 * @param blocks the blocks that were looked at, the oldest first
 * @param tally how many came out how
 * @param evidence what the rate is worth
 */
public record CatalogResult(Instrument instrument, List<PatternResult> blocks, OutcomeCounts tally,
        PatternStatistics evidence) {

    public CatalogResult {
        blocks = List.copyOf(blocks);
    }

    /**
     * The same in numbers only, which takes little memory where there are many.
     * @return without the blocks
     */
    public CatalogResult numbers() {
        return new CatalogResult(this.instrument, List.of(), this.tally, this.evidence);
    }

}
