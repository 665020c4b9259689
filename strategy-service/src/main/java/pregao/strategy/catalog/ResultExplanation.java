package pregao.strategy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import pregao.market.catalog.CatalogResult;
import pregao.market.catalog.PatternStatistics;
import pregao.market.catalog.Ranking;

/**
 * What findings mean, in plain words.
 *
 * @param en in English
 * @param pt in Portuguese
 */
public record ResultExplanation(List<String> en, List<String> pt) {

    private static final Locale BRAZIL = Locale.of("pt", "BR");

    public ResultExplanation {
        en = List.copyOf(en);
        pt = List.copyOf(pt);
    }

    static ResultExplanation of(Analysis analysis, Ranking ranking, List<AnalysisResult.InsufficientSample> few) {
        return new ResultExplanation(english(analysis, ranking, few), portuguese(analysis, ranking, few));
    }

    private static List<String> english(Analysis analysis, Ranking ranking,
            List<AnalysisResult.InsufficientSample> few) {
        List<String> said = new ArrayList<>();
        if (ranking.looked() == 0) {
            said.add("No instrument has a sample of %d finished cycles, so nothing can be said."
                .formatted(analysis.leastSample()));
        }
        else if (ranking.found() == 0) {
            said.add("None of these differs from chance: among %d instruments some look this good by luck alone."
                .formatted(ranking.looked()));
        }
        else {
            said.add(("%d of %d instruments won more often than chance explains, corrected for having looked at all of "
                    + "them; about one such find in twenty is luck.")
                .formatted(ranking.found(), ranking.looked()));
        }
        if (ranking.looked() > 0) {
            said.add(best(Locale.ENGLISH, ranking.best().getFirst().result(),
                    "The best, %s, won %s of %d cycles, so its true rate is likely between %s and %s; chance alone gives "
                            + "%s, and %s is needed to lose nothing at this payout."));
        }
        if (analysis.settings().pattern().overlaps(analysis.gales())) {
            said.add("The entries of one block run into those of the next, so the chance levels are not exact.");
        }
        if (!few.isEmpty()) {
            said.add("%d instruments have fewer than %d blocks; missing candles of %d of them were asked for."
                .formatted(few.size(), analysis.blocks(), asked(few)));
        }
        return said;
    }

    private static List<String> portuguese(Analysis analysis, Ranking ranking,
            List<AnalysisResult.InsufficientSample> few) {
        List<String> said = new ArrayList<>();
        if (ranking.looked() == 0) {
            said.add("Nenhum ativo tem uma amostra de %d ciclos concluídos; nada se pode afirmar."
                .formatted(analysis.leastSample()));
        }
        else if (ranking.found() == 0) {
            said.add("Nenhum destes difere do acaso: entre %d ativos, alguns parecem tão bons assim só por sorte."
                .formatted(ranking.looked()));
        }
        else {
            said.add(("%d de %d ativos venceram mais vezes do que o acaso explica, corrigido por se ter olhado para "
                    + "todos; cerca de um em vinte desses achados é sorte.")
                .formatted(ranking.found(), ranking.looked()));
        }
        if (ranking.looked() > 0) {
            said.add(best(BRAZIL, ranking.best().getFirst().result(),
                    "O melhor, %s, venceu %s de %d ciclos, logo a sua taxa real está provavelmente entre %s e %s; o acaso "
                            + "sozinho dá %s, e são precisos %s para não perder com este payout."));
        }
        if (analysis.settings().pattern().overlaps(analysis.gales())) {
            said.add("As entradas de um bloco invadem as do seguinte, logo os níveis de acaso não são exatos.");
        }
        if (!few.isEmpty()) {
            said.add("%d ativos têm menos de %d blocos; foram pedidas as velas que faltam de %d deles."
                .formatted(few.size(), analysis.blocks(), asked(few)));
        }
        return said;
    }

    private static String best(Locale locale, CatalogResult best, String words) {
        PatternStatistics evidence = best.evidence();
        return words.formatted(best.instrument().symbol(), percent(locale, evidence.rate()), evidence.sample(),
                percent(locale, evidence.interval().low()), percent(locale, evidence.interval().high()),
                percent(locale, evidence.chance()), percent(locale, evidence.breakEven()));
    }

    private static String percent(Locale locale, double rate) {
        return String.format(locale, "%.1f %%", 100 * rate);
    }

    private static long asked(List<AnalysisResult.InsufficientSample> few) {
        return few.stream().filter(AnalysisResult.InsufficientSample::asked).count();
    }

}
