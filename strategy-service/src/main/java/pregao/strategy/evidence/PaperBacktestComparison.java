package pregao.strategy.evidence;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import pregao.strategy.bot.Performance;

/**
 * A bot's record on paper beside its backtest.
 *
 * @param matching trades one for one
 * @param paper what paper came to
 * @param backtest what the backtest came to
 */
record PaperBacktestComparison(TradeMatchResult matching, Performance paper, Performance backtest) {

    static PaperBacktestComparison of(TradeMatchResult matching) {
        List<ComparedTrade> paper = Stream
            .concat(matching.pairs().stream().map(MatchedTrade::paper), matching.onlyPaper().stream())
            .filter(ComparedTrade::isClosed)
            .toList();
        List<ComparedTrade> backtest = Stream
            .concat(matching.pairs().stream().map(MatchedTrade::backtest), matching.onlyBacktest().stream())
            .toList();
        return new PaperBacktestComparison(matching, PerformanceCalculator.calculate(paper),
                PerformanceCalculator.calculate(backtest));
    }

    /** How many trades either of both has. */
    int countTrades() {
        return this.matching.pairs().size() + this.matching.onlyPaper().size() + this.matching.onlyBacktest().size();
    }

    int countDifferences() {
        return countTrades() - (int) this.matching.countSame();
    }

    double meanEntrySlippage() {
        return mean(MatchedTrade::entrySlippage);
    }

    double meanExitSlippage() {
        return mean(MatchedTrade::exitSlippage);
    }

    private double mean(ToDoubleFunction<MatchedTrade> slippage) {
        return this.matching.pairs()
            .stream()
            .filter(MatchedTrade::isSameEntry)
            .mapToDouble(slippage)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    }

}
