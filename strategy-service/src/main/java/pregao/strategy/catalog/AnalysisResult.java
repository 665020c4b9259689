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
 * The result of an analysis.
 *
 * @param looked the number of instruments with a sufficient sample
 * @param found the number of those that differ from chance, corrected for multiple
 * testing
 * @param level the accepted fraction of finds that are there by chance alone
 * @param sentences an explanation of the result in plain words
 * @param ranking the best instruments, best first
 * @param others the other instruments, ranked ones first
 * @param tooFew the instruments with fewer blocks than requested
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
     * Evaluates the candle colors of an analysis.
     * @param analysis the analysis
     * @param seriesList the colors of each instrument
     * @param requestedInstruments the instruments for which missing candles were
     * requested
     * @return the result
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
     * Returns the short result for lists.
     * @return the short result
     */
    public Summary summary() {
        return new Summary(this.ranking.size() + this.others.size(), this.looked, this.found,
                this.ranking.isEmpty() ? null : this.ranking.getFirst());
    }

    /**
     * An instrument that has fewer blocks than requested.
     *
     * @param feed the feed of the instrument
     * @param symbol the symbol of the instrument
     * @param blocks the number of blocks
     * @param asked whether this analysis requested missing candles of the instrument
     */
    public record InsufficientSample(String feed, String symbol, int blocks, boolean asked) {

    }

    /**
     * The short result of an analysis.
     *
     * @param instruments the number of instruments
     * @param looked the number of instruments with a sufficient sample
     * @param found the number of those that differ from chance
     * @param best the statistics of the best instrument; null if no instrument is ranked
     */
    public record Summary(int instruments, int looked, int found, @Nullable PatternStatisticsResponse best) {

    }

}
