package pregao.strategy.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.catalog.Catalog;
import pregao.market.catalog.CatalogResult;
import pregao.market.catalog.Ranking;
import pregao.market.statistics.StakeProgression;

/**
 * What came of an analysis.
 *
 * @param looked how many instruments have a sample that is large enough
 * @param found how many of those differ from chance, corrected for having looked at all
 * @param level the part of finds that may be there by chance alone
 * @param sentences what that means
 * @param ranking the best of them, the best first
 * @param others the rest, those that are ranked first
 * @param tooFew instruments that have fewer blocks than were wanted
 */
public record AnalysisResult(int looked, int found, double level, ResultExplanation sentences,
        List<PatternStatisticsResponse> ranking, List<PatternStatisticsResponse> others,
        List<InsufficientSample> tooFew) {

    public AnalysisResult {
        ranking = List.copyOf(ranking);
        others = List.copyOf(others);
        tooFew = List.copyOf(tooFew);
    }

    /**
     * Reads everything that was looked at.
     * @param analysis what is analysed
     * @param seriesList at which colours
     * @param requestedInstruments the instruments of which candles were asked for
     * @return what came of it
     */
    public static AnalysisResult of(Analysis analysis, List<AnalyzedSeries> seriesList,
            Set<Instrument> requestedInstruments) {
        Catalog catalog = new Catalog(analysis.toCatalogConfig());
        StakeProgression stakes = analysis.toCatalogConfig().stakes();
        List<CatalogResult> results = seriesList.stream()
            .map((series) -> catalog.read(series.instrument(), series.colours(), series.asOf()).numbers())
            .toList();
        Ranking ranking = Ranking.of(results, analysis.rankBy(), analysis.leastSample(), results.size());
        List<PatternStatisticsResponse> rankedResults = ranking.best()
            .stream()
            .map((entry) -> PatternStatisticsResponse.of(entry.result(), stakes, entry.adjusted()))
            .toList();
        Set<Instrument> rankedInstruments = new HashSet<>();
        ranking.best().forEach((entry) -> rankedInstruments.add(entry.result().instrument()));
        List<PatternStatisticsResponse> topResults = rankedResults.subList(0,
                Math.min(analysis.top(), rankedResults.size()));
        List<PatternStatisticsResponse> otherResults = new ArrayList<>(
                rankedResults.subList(topResults.size(), rankedResults.size()));
        List<InsufficientSample> insufficientSamples = new ArrayList<>();
        for (CatalogResult result : results) {
            if (!rankedInstruments.contains(result.instrument())) {
                otherResults.add(PatternStatisticsResponse.of(result, stakes, null));
            }
            if (result.tally().blocks() < analysis.blocks()) {
                insufficientSamples.add(new InsufficientSample(result.instrument().feed(), result.instrument().symbol(),
                        result.tally().blocks(), requestedInstruments.contains(result.instrument())));
            }
        }
        return new AnalysisResult(ranking.looked(), ranking.found(), Ranking.LEVEL,
                ResultExplanation.of(analysis, ranking, insufficientSamples), topResults, otherResults,
                insufficientSamples);
    }

    /**
     * The findings in short.
     * @return for lists
     */
    public Summary summary() {
        return new Summary(this.ranking.size() + this.others.size(), this.looked, this.found,
                this.ranking.isEmpty() ? null : this.ranking.getFirst());
    }

    /**
     * An instrument that has fewer blocks than were wanted.
     *
     * @param feed of the instrument
     * @param symbol of the instrument
     * @param blocks how many it has
     * @param asked whether candles were asked for by this analysis
     */
    public record InsufficientSample(String feed, String symbol, int blocks, boolean asked) {

    }

    /**
     * The findings in short.
     *
     * @param instruments how many were looked at
     * @param looked how many of them have a sample that is large enough
     * @param found how many of those differ from chance
     * @param best the best, with what that is worth; null for none
     */
    public record Summary(int instruments, int looked, int found, @Nullable PatternStatisticsResponse best) {

    }

}
