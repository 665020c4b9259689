package pregao.market.catalog;

import java.util.List;

import pregao.market.statistics.ConfidenceInterval;

/**
 * What a rate of wins is worth. No rate is shown without it.
 *
 * @param sample cycles that are over
 * @param rate of them that were won, 0 to 1, NaN where there are none
 * @param chance the rate that chance alone would give, from how often this instrument's
 * candles are green, red and neither; NaN where there is no sample
 * @param breakEven the rate at which nothing is won or lost
 * @param interval where the true rate lies, 95 %
 * @param expected what a cycle brought, in stakes of the first entry, NaN without a
 * sample
 * @param ruin how likely the bankroll would be lost in the end if the future were as the
 * sample, NaN without one
 * @param pValue how likely so many wins or more are by chance alone, exactly; 1 without a
 * sample
 * @param levels the rates that chance alone would give, if one stopped after the first
 * entry, the second, …; the last is {@code chance}; empty without a sample
 */
public record PatternStatistics(int sample, double rate, double chance, double breakEven, ConfidenceInterval interval,
        double expected, double ruin, double pValue, List<Double> levels) {

    public PatternStatistics {
        levels = List.copyOf(levels);
    }

}
