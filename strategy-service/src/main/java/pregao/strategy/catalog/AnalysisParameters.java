package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.strategy.catalog.pattern.EnumNames;
import pregao.strategy.catalog.pattern.PatternResponse;

/**
 * The parameters of an analysis in a response.
 *
 * @param instruments the number of instruments
 * @param pattern the pattern that evaluates the blocks
 * @param blocks the number of latest blocks to evaluate
 * @param gales the number of entries that may follow a lost one
 * @param hours the hours whose blocks count, or null for all
 * @param zone the time zone of the hours
 * @param payout the payout of an option as a fraction of the stake
 * @param stakes the stakes of the entries; the first is 1
 * @param bankroll the amount that may be lost in total, in stakes of the first entry
 * @param rankBy {@code rate} or {@code expected}
 * @param leastSample the minimum number of finished cycles for an instrument to be ranked
 * @param top the number of best instruments to list
 */
public record AnalysisParameters(int instruments, PatternResponse pattern, int blocks, int gales,
        @Nullable List<Integer> hours, String zone, BigDecimal payout, List<BigDecimal> stakes, BigDecimal bankroll,
        String rankBy, int leastSample, int top) {

    static AnalysisParameters of(Analysis analysis) {
        return new AnalysisParameters(analysis.instruments().size(), analysis.pattern(), analysis.blocks(),
                analysis.gales(), analysis.hours(), analysis.zone(), analysis.payout(), analysis.stakes(),
                analysis.bankroll(), EnumNames.nameOf(analysis.rankBy()), analysis.leastSample(), analysis.top());
    }

}
