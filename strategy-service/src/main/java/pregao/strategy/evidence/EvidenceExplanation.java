package pregao.strategy.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import pregao.strategy.bot.Performance;

/**
 * What a comparison means, in plain words.
 *
 * @param en in English
 * @param pt in Portuguese
 */
record EvidenceExplanation(List<String> en, List<String> pt) {

    private static final Locale BRAZIL = Locale.of("pt", "BR");

    EvidenceExplanation {
        en = List.copyOf(en);
        pt = List.copyOf(pt);
    }

    static EvidenceExplanation of(PaperBacktestComparison comparison, int revised, int leastTrades) {
        List<String> en = new ArrayList<>();
        List<String> pt = new ArrayList<>();
        same(comparison, en, pt);
        luck(comparison.paper(), en, pt);
        if (revised > 0) {
            en.add("%d of the candles were revised after they first became final.".formatted(revised));
            pt.add("%d das velas consultadas foram revistas depois de finais.".formatted(revised));
        }
        if (comparison.paper().trades() < leastTrades) {
            en.add("At least %d trades on paper are asked for before there is money in it.".formatted(leastTrades));
            pt.add("Pedem-se ao menos %d operações em papel antes de pôr dinheiro.".formatted(leastTrades));
        }
        return new EvidenceExplanation(en, pt);
    }

    private static void same(PaperBacktestComparison comparison, List<String> en, List<String> pt) {
        int paper = comparison.paper().trades();
        long same = comparison.matching().same();
        en.add("%d of %d trades on paper are those of the backtest.".formatted(same, paper));
        pt.add("%d de %d operações em papel são as do backtest.".formatted(same, paper));
        long priced = comparison.matching().otherPrices();
        if (priced > 0) {
            en.add("%d of them had other prices; on average entries cost %s and exits %s of the price more.".formatted(
                    priced, part(Locale.ENGLISH, comparison.entrySlippage()),
                    part(Locale.ENGLISH, comparison.exitSlippage())));
            pt.add("%d delas tiveram outros preços; em média as entradas custaram %s e as saídas %s do preço a mais."
                .formatted(priced, part(BRAZIL, comparison.entrySlippage()), part(BRAZIL, comparison.exitSlippage())));
        }
        int missing = comparison.matching().onlyBacktest().size();
        if (missing > 0) {
            en.add("%d trades of the backtest were not made on paper.".formatted(missing));
            pt.add("%d operações do backtest não foram feitas em papel.".formatted(missing));
        }
        int open = comparison.matching().open().size();
        if (open > 0) {
            en.add("Still open on both sides, and not counted: %d.".formatted(open));
            pt.add("Ainda abertas nos dois lados, e não contadas: %d.".formatted(open));
        }
    }

    private static void luck(Performance paper, List<String> en, List<String> pt) {
        Double rate = paper.winRate();
        if (rate == null) {
            en.add("Nothing was traded on paper, so nothing can be said of it.");
            pt.add("Nada foi negociado em papel; nada se pode afirmar.");
            return;
        }
        en.add(rate(Locale.ENGLISH, paper, rate,
                "On paper %s of %d won, so the true rate is likely between %s and %s."));
        pt.add(rate(BRAZIL, paper, rate,
                "Em papel venceram %s de %d, logo a taxa real está provavelmente entre %s e %s."));
        Double even = paper.breakEven();
        if (even == null) {
            en.add("There are no wins, or no losses, so what is needed to lose nothing is not known.");
            pt.add("Não há ganhos, ou não há perdas; não se sabe o que é preciso para nada perder.");
            return;
        }
        en.add("With gains and losses of this size %s is needed to lose nothing."
            .formatted(percent(Locale.ENGLISH, even)));
        pt.add("Com ganhos e perdas deste tamanho são precisos %s para nada perder.".formatted(percent(BRAZIL, even)));
        if (paper.intervalHigh() < even) {
            en.add("That is more than it is likely to win: it loses.");
            pt.add("É mais do que provavelmente vence: perde.");
        }
        else if (paper.intervalLow() > even) {
            en.add("It won more often than that, and more than luck alone is likely to give.");
            pt.add("Venceu mais vezes do que isso, e mais do que a sorte sozinha costuma dar.");
        }
        else {
            en.add("With so few trades a coin could have done as well.");
            pt.add("Com tão poucas operações, uma moeda poderia ter feito o mesmo.");
        }
    }

    private static String rate(Locale locale, Performance paper, double rate, String words) {
        return words.formatted(percent(locale, rate), paper.trades(), percent(locale, paper.intervalLow()),
                percent(locale, paper.intervalHigh()));
    }

    private static String part(Locale locale, double part) {
        return String.format(locale, "%.4f %%", 100 * part);
    }

    private static String percent(Locale locale, double rate) {
        return String.format(locale, "%.1f %%", 100 * rate);
    }

}
