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
 * The performance of a pattern on one instrument, with its significance. Rates and
 * probabilities are from 0 to 1. Values that do not exist without a sample are null.
 *
 * @param feed the feed of the instrument
 * @param symbol the symbol of the instrument
 * @param blocks the number of evaluated blocks
 * @param sample the number of finished cycles
 * @param wins the number of cycles won
 * @param rate the win rate
 * @param chance the win rate that chance alone gives on this instrument
 * @param breakEven the win rate without profit or loss
 * @param low the lower bound of the 95 % confidence interval of the rate (Wilson score)
 * @param high the upper bound of the interval
 * @param expected the mean profit of a cycle, in stakes of the first entry
 * @param ruin the probability that the bankroll is finally lost if the future is like the
 * sample
 * @param pValue the exact probability of at least as many wins by chance alone
 * @param pAdjusted the p-value corrected for the number of instruments
 * (Benjamini-Hochberg); null if the sample is too small to be ranked
 * @param differs whether {@code pAdjusted} is at most 0.05
 * @param levels the wins by entry
 * @param losses the number of cycles in which no entry won
 * @param calls the number of finished cycles that began with a call
 * @param pending the number of blocks whose entries have not ended
 * @param nulls the number of blocks with a doji among the evaluated candles
 * @param gaps the number of blocks with a missing candle
 * @param voids the number of blocks with a missing candle among the entries
 * @param noSide the number of blocks that give no side
 */
public record PatternStatisticsResponse(String feed, String symbol, int blocks, int sample, int wins,
        @Nullable Double rate, @Nullable Double chance, double breakEven, double low, double high,
        @Nullable Double expected, @Nullable Double ruin, double pValue, @Nullable Double pAdjusted, boolean differs,
        List<GaleLevelResponse> levels, int losses, int calls, int pending, int nulls, int gaps, int voids,
        int noSide) {

    /**
     * The precision of very small and very large values, which is beyond that of any
     * sample.
     */
    private static final MathContext PRECISION = new MathContext(9, RoundingMode.HALF_EVEN);

    private static final double MIN_FIXED_POINT = 1e-3;

    private static final double MAX_FIXED_POINT = 1e6;

    private static final double FIXED_POINT_SCALE = 1e9;

    private static final double SIGNIFICANCE_LEVEL = 0.05;

    public PatternStatisticsResponse {
        levels = List.copyOf(levels);
    }

    /**
     * Creates a response.
     * @param result the result of the instrument
     * @param stakes the stakes of the entries
     * @param adjustedPValue the corrected p-value, or null if the instrument is not
     * ranked
     * @return the response
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

    /**
     * Rounds to 9 decimals, or to 9 significant digits if the value is very small, such
     * as a p-value, or very large.
     */
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
     * @param level the entry, 0 for the first
     * @param wins the number of cycles that this entry won
     * @param rate the win rate of this entry and all earlier ones, of the same sample;
     * null without a sample
     * @param chance the win rate that chance alone gives if a cycle ends with this entry
     * @param breakEven the win rate without profit or loss if a cycle ends with this
     * entry
     * @param low the lower bound of the 95 % confidence interval of the rate
     * @param high the upper bound of the interval
     */
    public record GaleLevelResponse(int level, int wins, @Nullable Double rate, @Nullable Double chance,
            double breakEven, double low, double high) {

    }

}
