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
record Matching(List<Pair> pairs, List<Pair> open, List<Deal> onlyPaper, List<Deal> onlyBacktest) {

    Matching {
        pairs = List.copyOf(pairs);
        open = List.copyOf(open);
        onlyPaper = List.copyOf(onlyPaper);
        onlyBacktest = List.copyOf(onlyBacktest);
    }

    static Matching of(List<Deal> paper, List<Deal> backtest) {
        Map<String, Deque<Deal>> said = new HashMap<>();
        backtest.forEach((deal) -> said.computeIfAbsent(deal.place(), (place) -> new ArrayDeque<>()).add(deal));
        List<Pair> pairs = new ArrayList<>();
        List<Pair> open = new ArrayList<>();
        List<Deal> alone = new ArrayList<>();
        for (Deal deal : paper) {
            Deal other = said.getOrDefault(deal.place(), new ArrayDeque<>()).poll();
            if (other == null) {
                alone.add(deal);
            }
            else {
                Pair pair = new Pair(deal, other);
                (pair.isOpen() ? open : pairs).add(pair);
            }
        }
        List<Deal> left = backtest.stream()
            .filter((deal) -> said.getOrDefault(deal.place(), new ArrayDeque<>()).remove(deal))
            .toList();
        return new Matching(pairs, open, alone, left);
    }

    long same() {
        return this.pairs.stream().filter(Pair::isSame).count();
    }

    /** Those of the same ones that had other prices. */
    long otherPrices() {
        return this.pairs.stream().filter(Pair::isSame).filter((pair) -> !pair.isExact()).count();
    }

}
