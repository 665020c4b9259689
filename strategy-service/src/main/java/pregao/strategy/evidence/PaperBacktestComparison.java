package pregao.strategy.evidence;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import pregao.strategy.bot.Performance;

/**
 * A comparison of the paper trades of a bot with its backtest.
 *
 * @param matching the matched trades
 * @param paper the performance on paper
 * @param backtest the performance of the backtest
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

    /** Returns the number of trades, matched pairs counted once. */
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
