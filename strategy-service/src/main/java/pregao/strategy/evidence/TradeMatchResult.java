package pregao.strategy.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trades on paper and those of a backtest, one for one.
 *
 * @param pairs which began on the same instrument in the same minute, and are over
 * @param open those pairs that are not over
 * @param onlyPaper what the backtest does not have
 * @param onlyBacktest what was not traded
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
        Map<String, Deque<ComparedTrade>> said = new HashMap<>();
        backtest.forEach((deal) -> said.computeIfAbsent(deal.place(), (place) -> new ArrayDeque<>()).add(deal));
        List<MatchedTrade> pairs = new ArrayList<>();
        List<MatchedTrade> open = new ArrayList<>();
        List<ComparedTrade> alone = new ArrayList<>();
        for (ComparedTrade deal : paper) {
            ComparedTrade other = said.getOrDefault(deal.place(), new ArrayDeque<>()).poll();
            if (other == null) {
                alone.add(deal);
            }
            else {
                MatchedTrade pair = new MatchedTrade(deal, other);
                (pair.isOpen() ? open : pairs).add(pair);
            }
        }
        List<ComparedTrade> left = backtest.stream()
            .filter((deal) -> said.getOrDefault(deal.place(), new ArrayDeque<>()).remove(deal))
            .toList();
        return new TradeMatchResult(pairs, open, alone, left);
    }

    long same() {
        return this.pairs.stream().filter(MatchedTrade::isSame).count();
    }

    /** Those of the same ones that had other prices. */
    long otherPrices() {
        return this.pairs.stream().filter(MatchedTrade::isSame).filter((pair) -> !pair.isExact()).count();
    }

}
