package pregao.market.option;

import java.math.BigDecimal;
import java.util.List;

import pregao.market.statistics.ConfidenceInterval;

/**
 * What came of betting on options.
 *
 * @param bars how many minutes were traded
 * @param trades all options, in order
 * @param cycles all cycles that are over, in order
 * @param profit of all options
 * @param returned the profit as a part of the capital
 * @param drawdown the deepest fall from a peak after an option was settled, as a part of
 * the peak
 * @param expectancy what a settled cycle brought on average, in the currency
 * @param entries how options did that did not give their stake back
 * @param settled how settled cycles did that ended with a gain or a loss
 * @param equal how many options gave their stake back
 * @param wonAt how many cycles won with their first entry, with their second, …
 * @param refused how many cycles were not begun, as there was not money enough for all of
 * their entries
 */
public record OptionReport(int bars, List<OptionTrade> trades, List<CycleResult> cycles, BigDecimal profit,
        double returned, double drawdown, BigDecimal expectancy, Rate entries, Rate settled, int equal,
        List<Integer> wonAt, int refused) {

    public OptionReport {
        trades = List.copyOf(trades);
        cycles = List.copyOf(cycles);
        wonAt = List.copyOf(wonAt);
    }

    /**
     * How many cycles ended for a reason.
     * @param reason why
     * @return the number
     */
    public long ended(CycleResult.Reason reason) {
        return this.cycles.stream().filter((one) -> one.reason() == reason).count();
    }

    /**
     * A rate, never without what it must be seen beside.
     *
     * @param wins how many won
     * @param sample of how many
     * @param rate wins by sample; NaN where there is none
     * @param chance the rate of somebody who bets the same sides on candles drawn with
     * the rates of colours there were; NaN where there is no sample
     * @param breakEven the rate at which nothing is won or lost
     * @param interval where the true rate lies, 95 %
     */
    public record Rate(int wins, int sample, double rate, double chance, double breakEven,
            ConfidenceInterval interval) {

        static Rate of(int wins, int sample, double chance, double breakEven) {
            return new Rate(wins, sample, (sample > 0) ? (double) wins / sample : Double.NaN,
                    (sample > 0) ? chance : Double.NaN, breakEven, ConfidenceInterval.wilson(wins, sample));
        }

    }

}
