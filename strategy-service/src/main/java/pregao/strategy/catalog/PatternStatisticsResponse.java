package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.catalog.CatalogResult;
import pregao.market.catalog.OutcomeCounts;
import pregao.market.catalog.PatternStatistics;
import pregao.market.statistics.ConfidenceInterval;
import pregao.market.statistics.StakeProgression;

/**
 * How a pattern did on one instrument, with what that is worth. Rates and chances are
 * from 0 to 1; without a sample they are null, and never a number that was made up.
 *
 * @param feed of the instrument
 * @param symbol of the instrument
 * @param blocks how many were looked at
 * @param sample cycles that are over
 * @param wins of them
 * @param rate of wins
 * @param chance the rate that chance alone gives on this instrument
 * @param breakEven the rate at which nothing is won or lost
 * @param low the true rate is at least, 95 % (Wilson)
 * @param high the true rate is at most
 * @param expected what a cycle brought, in stakes of the first entry
 * @param ruin how likely the bankroll is lost in the end if the future were as the sample
 * @param pValue how likely so many wins or more are by chance alone, exactly
 * @param pAdjusted the same, corrected for all instruments that were looked at; null
 * where the sample is too small to be ranked
 * @param differs whether that is 0.05 or less
 * @param levels the wins by entry
 * @param losses cycles of which no entry won
 * @param calls cycles that began on green
 * @param pending not over
 * @param nulls with a doji in what was looked at
 * @param gaps with a missing candle in the block
 * @param voids with a missing candle in the entries
 * @param noSide that gave no side
 */
public record PatternStatisticsResponse(String feed, String symbol, int blocks, int sample, int wins,
        @Nullable Double rate, @Nullable Double chance, double breakEven, double low, double high,
        @Nullable Double expected, @Nullable Double ruin, double pValue, @Nullable Double pAdjusted, boolean differs,
        List<GaleLevelResponse> levels, int losses, int calls, int pending, int nulls, int gaps, int voids,
        int noSide) {

    /** More digits than any sample tells. */
    private static final MathContext PRECISION = new MathContext(9, RoundingMode.HALF_EVEN);

    private static final double MIN_FIXED_POINT = 1e-3;

    private static final double MAX_FIXED_POINT = 1e6;

    private static final double FIXED_POINT_SCALE = 1e9;

    private static final double SIGNIFICANCE_LEVEL = 0.05;

    public PatternStatisticsResponse {
        levels = List.copyOf(levels);
    }

    /**
     * As it is told.
     * @param result how the pattern did
     * @param stakes on each entry
     * @param adjustedPValue the corrected p-value, or null for none
     * @return all of it
     */
    public static PatternStatisticsResponse of(CatalogResult result, StakeProgression stakes,
            @Nullable Double adjustedPValue) {
        Instrument instrument = result.instrument();
        PatternStatistics statistics = result.evidence();
        OutcomeCounts counts = result.tally();
        return new PatternStatisticsResponse(instrument.feed(), instrument.symbol(), counts.blocks(),
                statistics.sample(), counts.wins(), roundFinite(statistics.rate()), roundFinite(statistics.chance()),
                round(statistics.breakEven()), round(statistics.interval().low()), round(statistics.interval().high()),
                roundFinite(statistics.expected()), roundFinite(statistics.ruin()), round(statistics.pValue()),
                (adjustedPValue != null) ? roundFinite(adjustedPValue) : null,
                adjustedPValue != null && adjustedPValue <= SIGNIFICANCE_LEVEL, toGaleLevels(result, stakes),
                counts.losses(), counts.calls(), counts.pending(), counts.nulls(), counts.gaps(), counts.voids(),
                counts.noSide());
    }

    private static List<GaleLevelResponse> toGaleLevels(CatalogResult result, StakeProgression stakes) {
        OutcomeCounts counts = result.tally();
        List<Double> chances = result.evidence().levels();
        List<GaleLevelResponse> levels = new ArrayList<>();
        for (int level = 0; level < counts.won().size(); level++) {
            int wins = counts.winsUpTo(level);
            ConfidenceInterval interval = ConfidenceInterval.wilson(wins, counts.analyzed());
            levels.add(new GaleLevelResponse(level, counts.won().get(level),
                    roundFinite((double) wins / counts.analyzed()),
                    chances.isEmpty() ? null : roundFinite(chances.get(level)), round(stakes.breakEvenUpTo(level)),
                    round(interval.low()), round(interval.high())));
        }
        return levels;
    }

    private static @Nullable Double roundFinite(double value) {
        return Double.isFinite(value) ? round(value) : null;
    }

    /** What is small, such as a p-value, keeps its digits. */
    private static double round(double value) {
        double magnitude = Math.abs(value);
        if (magnitude >= MIN_FIXED_POINT && magnitude < MAX_FIXED_POINT) {
            return Math.rint(value * FIXED_POINT_SCALE) / FIXED_POINT_SCALE;
        }
        return new BigDecimal(value).round(PRECISION).doubleValue();
    }

    /**
     * The wins of one entry.
     *
     * @param level 0 for the first entry
     * @param wins by it
     * @param rate of wins by it or an earlier one, of the same sample; null without one
     * @param chance the rate that chance alone gives if one stops here
     * @param breakEven the rate at which nothing is won or lost if one stops here
     * @param low the true rate is at least, 95 %
     * @param high the true rate is at most
     */
    public record GaleLevelResponse(int level, int wins, @Nullable Double rate, @Nullable Double chance,
            double breakEven, double low, double high) {

    }

}
