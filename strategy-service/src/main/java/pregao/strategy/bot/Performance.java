package pregao.strategy.bot;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.market.statistics.ConfidenceInterval;

/**
 * What a bot has done, with how much of that could be luck.
 *
 * @param trades how many are over: the sample
 * @param wins how many of them brought something
 * @param profit of all, after fees
 * @param fees of all
 * @param drawdown the deepest fall of all profits together from their peak
 * @param winRate wins of trades; null where there are none
 * @param breakEven the rate of wins at which nothing would be won or lost, as large as
 * wins and losses were; null where one is missing
 * @param intervalLow where the true rate of wins lies, 95 %
 * @param intervalHigh where the true rate of wins lies, 95 %
 * @param profitFactor what was won by what was lost; null where nothing was lost
 * @param ambiguous how many trades reached stop and take in one minute
 */
public record Performance(int trades, int wins, BigDecimal profit, BigDecimal fees, BigDecimal drawdown,
        @Nullable Double winRate, @Nullable Double breakEven, double intervalLow, double intervalHigh,
        @Nullable Double profitFactor, int ambiguous) {

    /**
     * Counts.
     * @param trades how many are over
     * @param wins how many of them brought something
     * @param won by those
     * @param lost by the others, not negative
     * @param fees of all
     * @param drawdown the deepest fall
     * @param ambiguous how many reached stop and take in one minute
     * @return with what a rate must be seen beside
     */
    public static Performance of(int trades, int wins, BigDecimal won, BigDecimal lost, BigDecimal fees,
            BigDecimal drawdown, int ambiguous) {
        ConfidenceInterval interval = ConfidenceInterval.wilson(wins, trades);
        double meanWin = won.doubleValue() / wins;
        double meanLoss = lost.doubleValue() / (trades - wins);
        double breakEven = meanLoss / (meanWin + meanLoss);
        return new Performance(trades, wins, won.subtract(lost), fees, drawdown,
                (trades > 0) ? (Double) ((double) wins / trades) : null,
                Double.isFinite(breakEven) ? (Double) breakEven : null, interval.low(), interval.high(),
                (lost.signum() > 0) ? (Double) (won.doubleValue() / lost.doubleValue()) : null, ambiguous);
    }

}
