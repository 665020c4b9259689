package pregao.strategy.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import pregao.strategy.bot.Performance;

/**
 * An explanation of a comparison in plain words.
 *
 * @param en the sentences in English
 * @param pt the sentences in Portuguese
 */
record EvidenceExplanation(List<String> en, List<String> pt) {

    private static final Locale BRAZIL = Locale.of("pt", "BR");

    EvidenceExplanation {
        en = List.copyOf(en);
        pt = List.copyOf(pt);
    }

    static EvidenceExplanation of(PaperBacktestComparison comparison, int revisedCandles, int minTrades) {
        List<String> en = new ArrayList<>();
        List<String> pt = new ArrayList<>();
        addMatchSentences(comparison, en, pt);
        addPerformanceSentences(comparison.paper(), en, pt);
        if (revisedCandles > 0) {
            en.add("%d of the candles were revised after they first became final.".formatted(revisedCandles));
            pt.add("%d das velas consultadas foram revistas depois de finais.".formatted(revisedCandles));
        }
        if (comparison.paper().trades() < minTrades) {
            en.add("At least %d trades on paper are asked for before there is money in it.".formatted(minTrades));
            pt.add("Pedem-se ao menos %d operações em papel antes de pôr dinheiro.".formatted(minTrades));
        }
        return new EvidenceExplanation(en, pt);
    }

    private static void addMatchSentences(PaperBacktestComparison comparison, List<String> en, List<String> pt) {
        int paperTrades = comparison.paper().trades();
        long sameTrades = comparison.matching().countSame();
        en.add("%d of %d trades on paper are those of the backtest.".formatted(sameTrades, paperTrades));
        pt.add("%d de %d operações em papel são as do backtest.".formatted(sameTrades, paperTrades));
        long differentPrices = comparison.matching().countDifferentPrices();
        if (differentPrices > 0) {
            en.add("%d of them had other prices; on average entries cost %s and exits %s of the price more.".formatted(
                    differentPrices, formatFraction(Locale.ENGLISH, comparison.meanEntrySlippage()),
                    formatFraction(Locale.ENGLISH, comparison.meanExitSlippage())));
            pt.add("%d delas tiveram outros preços; em média as entradas custaram %s e as saídas %s do preço a mais."
                .formatted(differentPrices, formatFraction(BRAZIL, comparison.meanEntrySlippage()),
                        formatFraction(BRAZIL, comparison.meanExitSlippage())));
        }
        int missingTrades = comparison.matching().onlyBacktest().size();
        if (missingTrades > 0) {
            en.add("%d trades of the backtest were not made on paper.".formatted(missingTrades));
            pt.add("%d operações do backtest não foram feitas em papel.".formatted(missingTrades));
        }
        int openTrades = comparison.matching().open().size();
        if (openTrades > 0) {
            en.add("Still open on both sides, and not counted: %d.".formatted(openTrades));
            pt.add("Ainda abertas nos dois lados, e não contadas: %d.".formatted(openTrades));
        }
    }

    private static void addPerformanceSentences(Performance paper, List<String> en, List<String> pt) {
        Double winRate = paper.winRate();
        if (winRate == null) {
            en.add("Nothing was traded on paper, so nothing can be said of it.");
            pt.add("Nada foi negociado em papel; nada se pode afirmar.");
            return;
        }
        en.add(formatWinRate(Locale.ENGLISH, paper, winRate,
                "On paper %s of %d won, so the true rate is likely between %s and %s."));
        pt.add(formatWinRate(BRAZIL, paper, winRate,
                "Em papel venceram %s de %d, logo a taxa real está provavelmente entre %s e %s."));
        Double breakEven = paper.breakEven();
        if (breakEven == null) {
            en.add("There are no wins, or no losses, so what is needed to lose nothing is not known.");
            pt.add("Não há ganhos, ou não há perdas; não se sabe o que é preciso para nada perder.");
            return;
        }
        en.add("With gains and losses of this size %s is needed to lose nothing."
            .formatted(formatPercent(Locale.ENGLISH, breakEven)));
        pt.add("Com ganhos e perdas deste tamanho são precisos %s para nada perder."
            .formatted(formatPercent(BRAZIL, breakEven)));
        if (paper.intervalHigh() < breakEven) {
            en.add("That is more than it is likely to win: it loses.");
            pt.add("É mais do que provavelmente vence: perde.");
        }
        else if (paper.intervalLow() > breakEven) {
            en.add("It won more often than that, and more than luck alone is likely to give.");
            pt.add("Venceu mais vezes do que isso, e mais do que a sorte sozinha costuma dar.");
        }
        else {
            en.add("With so few trades a coin could have done as well.");
            pt.add("Com tão poucas operações, uma moeda poderia ter feito o mesmo.");
        }
    }

    private static String formatWinRate(Locale locale, Performance paper, double winRate, String template) {
        return template.formatted(formatPercent(locale, winRate), paper.trades(),
                formatPercent(locale, paper.intervalLow()), formatPercent(locale, paper.intervalHigh()));
    }

    private static String formatFraction(Locale locale, double fraction) {
        return String.format(locale, "%.4f %%", 100 * fraction);
    }

    private static String formatPercent(Locale locale, double rate) {
        return String.format(locale, "%.1f %%", 100 * rate);
    }

}
