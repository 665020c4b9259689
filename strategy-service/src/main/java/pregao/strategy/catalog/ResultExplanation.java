package pregao.strategy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import pregao.market.catalog.CatalogResult;
import pregao.market.catalog.PatternStatistics;
import pregao.market.catalog.Ranking;

/**
 * An explanation of an analysis result in plain words.
 *
 * @param en the sentences in English
 * @param pt the sentences in Portuguese
 */
public record ResultExplanation(List<String> en, List<String> pt) {

    private static final Locale BRAZIL = Locale.of("pt", "BR");

    public ResultExplanation {
        en = List.copyOf(en);
        pt = List.copyOf(pt);
    }

    static ResultExplanation of(Analysis analysis, Ranking ranking,
            List<AnalysisResult.InsufficientSample> insufficientSamples) {
        return new ResultExplanation(explainInEnglish(analysis, ranking, insufficientSamples),
                explainInPortuguese(analysis, ranking, insufficientSamples));
    }

    private static List<String> explainInEnglish(Analysis analysis, Ranking ranking,
            List<AnalysisResult.InsufficientSample> insufficientSamples) {
        List<String> sentences = new ArrayList<>();
        if (ranking.looked() == 0) {
            sentences.add("No instrument has a sample of %d finished cycles, so nothing can be said."
                .formatted(analysis.leastSample()));
        }
        else if (ranking.found() == 0) {
            sentences.add("None of these differs from chance: among %d instruments some look this good by luck alone."
                .formatted(ranking.looked()));
        }
        else {
            sentences
                .add(("%d of %d instruments won more often than chance explains, corrected for having looked at all of "
                        + "them; about one such find in twenty is luck.")
                    .formatted(ranking.found(), ranking.looked()));
        }
        if (ranking.looked() > 0) {
            sentences.add(formatBest(Locale.ENGLISH, ranking.best().getFirst().result(),
                    "The best, %s, won %s of %d cycles, so its true rate is likely between %s and %s; chance alone gives "
                            + "%s, and %s is needed to lose nothing at this payout."));
        }
        if (analysis.toCatalogConfig().pattern().overlaps(analysis.gales())) {
            sentences.add("The entries of one block run into those of the next, so the chance levels are not exact.");
        }
        if (!insufficientSamples.isEmpty()) {
            sentences.add("%d instruments have fewer than %d blocks; missing candles of %d of them were asked for."
                .formatted(insufficientSamples.size(), analysis.blocks(), countRequested(insufficientSamples)));
        }
        return sentences;
    }

    private static List<String> explainInPortuguese(Analysis analysis, Ranking ranking,
            List<AnalysisResult.InsufficientSample> insufficientSamples) {
        List<String> sentences = new ArrayList<>();
        if (ranking.looked() == 0) {
            sentences.add("Nenhum ativo tem uma amostra de %d ciclos concluídos; nada se pode afirmar."
                .formatted(analysis.leastSample()));
        }
        else if (ranking.found() == 0) {
            sentences.add("Nenhum destes difere do acaso: entre %d ativos, alguns parecem tão bons assim só por sorte."
                .formatted(ranking.looked()));
        }
        else {
            sentences
                .add(("%d de %d ativos venceram mais vezes do que o acaso explica, corrigido por se ter olhado para "
                        + "todos; cerca de um em vinte desses achados é sorte.")
                    .formatted(ranking.found(), ranking.looked()));
        }
        if (ranking.looked() > 0) {
            sentences.add(formatBest(BRAZIL, ranking.best().getFirst().result(),
                    "O melhor, %s, venceu %s de %d ciclos, logo a sua taxa real está provavelmente entre %s e %s; o acaso "
                            + "sozinho dá %s, e são precisos %s para não perder com este payout."));
        }
        if (analysis.toCatalogConfig().pattern().overlaps(analysis.gales())) {
            sentences.add("As entradas de um bloco invadem as do seguinte, logo os níveis de acaso não são exatos.");
        }
        if (!insufficientSamples.isEmpty()) {
            sentences.add("%d ativos têm menos de %d blocos; foram pedidas as velas que faltam de %d deles."
                .formatted(insufficientSamples.size(), analysis.blocks(), countRequested(insufficientSamples)));
        }
        return sentences;
    }

    private static String formatBest(Locale locale, CatalogResult result, String template) {
        PatternStatistics statistics = result.evidence();
        return template.formatted(result.instrument().symbol(), formatPercent(locale, statistics.rate()),
                statistics.sample(), formatPercent(locale, statistics.interval().low()),
                formatPercent(locale, statistics.interval().high()), formatPercent(locale, statistics.chance()),
                formatPercent(locale, statistics.breakEven()));
    }

    private static String formatPercent(Locale locale, double rate) {
        return String.format(locale, "%.1f %%", 100 * rate);
    }

    private static long countRequested(List<AnalysisResult.InsufficientSample> insufficientSamples) {
        return insufficientSamples.stream().filter(AnalysisResult.InsufficientSample::asked).count();
    }

}
