package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.strategy.catalog.pattern.EnumNames;
import pregao.strategy.catalog.pattern.PatternResponse;

/**
 * What is analysed, as it is told.
 *
 * @param instruments how many
 * @param pattern by which blocks are read
 * @param blocks how many of the last
 * @param gales how many entries may follow a lost one
 * @param hours at which blocks count, or null for all
 * @param zone in which the hours are meant
 * @param payout of an option, as a part of the stake
 * @param stakes of the entries, the first is 1
 * @param bankroll what may be lost in all, in stakes of the first entry
 * @param rankBy {@code rate} or {@code expected}
 * @param leastSample how many cycles must be over for an instrument to be ranked
 * @param top how many of the best are told
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
