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
record Comparison(Matching matching, Performance paper, Performance backtest) {

    static Comparison of(Matching matching) {
        List<Deal> paper = Stream.concat(matching.pairs().stream().map(Pair::paper), matching.onlyPaper().stream())
            .filter(Deal::isOver)
            .toList();
        List<Deal> backtest = Stream
            .concat(matching.pairs().stream().map(Pair::backtest), matching.onlyBacktest().stream())
            .toList();
        return new Comparison(matching, Tally.of(paper), Tally.of(backtest));
    }

    /** How many trades either of both has. */
    int all() {
        return this.matching.pairs().size() + this.matching.onlyPaper().size() + this.matching.onlyBacktest().size();
    }

    int differ() {
        return all() - (int) this.matching.same();
    }

    double entrySlippage() {
        return mean(Pair::entrySlippage);
    }

    double exitSlippage() {
        return mean(Pair::exitSlippage);
    }

    private double mean(ToDoubleFunction<Pair> slippage) {
        return this.matching.pairs()
            .stream()
            .filter(Pair::isSameWay)
            .mapToDouble(slippage)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    }

}
