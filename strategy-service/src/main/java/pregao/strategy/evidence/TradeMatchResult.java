package pregao.strategy.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paper trades and backtest trades, matched one to one.
 *
 * @param pairs the matched trades, except open pairs
 * @param open the matched trades that are open on both sides
 * @param onlyPaper the paper trades without a match
 * @param onlyBacktest the backtest trades without a match
 */
record TradeMatchResult(List<MatchedTrade> pairs, List<MatchedTrade> open, List<ComparedTrade> onlyPaper,
        List<ComparedTrade> onlyBacktest) {

    TradeMatchResult {
        pairs = List.copyOf(pairs);
        open = List.copyOf(open);
        onlyPaper = List.copyOf(onlyPaper);
        onlyBacktest = List.copyOf(onlyBacktest);
    }

    static TradeMatchResult of(List<ComparedTrade> paper, List<ComparedTrade> backtest) {
        Map<String, Deque<ComparedTrade>> backtestByKey = new HashMap<>();
        backtest.forEach(
                (trade) -> backtestByKey.computeIfAbsent(trade.matchKey(), (key) -> new ArrayDeque<>()).add(trade));
        List<MatchedTrade> pairs = new ArrayList<>();
        List<MatchedTrade> open = new ArrayList<>();
        List<ComparedTrade> onlyPaper = new ArrayList<>();
        for (ComparedTrade trade : paper) {
            ComparedTrade backtestTrade = backtestByKey.getOrDefault(trade.matchKey(), new ArrayDeque<>()).poll();
            if (backtestTrade == null) {
                onlyPaper.add(trade);
            }
            else {
                MatchedTrade match = new MatchedTrade(trade, backtestTrade);
                (match.isOpen() ? open : pairs).add(match);
            }
        }
        List<ComparedTrade> onlyBacktest = backtest.stream()
            .filter((trade) -> backtestByKey.getOrDefault(trade.matchKey(), new ArrayDeque<>()).remove(trade))
            .toList();
        return new TradeMatchResult(pairs, open, onlyPaper, onlyBacktest);
    }

    long countSame() {
        return this.pairs.stream().filter(MatchedTrade::isSame).count();
    }

    /**
     * Returns the number of matches that have the same side and minutes but different
     * prices.
     */
    long countDifferentPrices() {
        return this.pairs.stream().filter(MatchedTrade::isSame).filter((match) -> !match.isExact()).count();
    }

}
