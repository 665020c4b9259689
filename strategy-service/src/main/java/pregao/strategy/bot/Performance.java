package pregao.strategy.bot;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.market.statistics.ConfidenceInterval;

/**
 * The performance of a bot, with the confidence interval of its win rate.
 *
 * @param trades the number of closed trades, which is the sample size
 * @param wins the number of trades with a profit
 * @param profit the total profit after fees
 * @param fees the total fees
 * @param drawdown the maximum drawdown of the cumulative profit from its peak
 * @param winRate the fraction of winning trades; null without trades
 * @param breakEven the win rate with zero expected profit at the mean win and the mean
 * loss; null if there are no wins or no losses
 * @param intervalLow the lower bound of the 95 % Wilson interval of the win rate
 * @param intervalHigh the upper bound of the 95 % Wilson interval of the win rate
 * @param profitFactor the sum of wins divided by the sum of losses; null without losses
 * @param ambiguous the number of trades that reached their stop and their take profit
 * within the same minute
 */
public record Performance(int trades, int wins, BigDecimal profit, BigDecimal fees, BigDecimal drawdown,
        @Nullable Double winRate, @Nullable Double breakEven, double intervalLow, double intervalHigh,
        @Nullable Double profitFactor, int ambiguous) {

    /**
     * Computes the performance from totals.
     * @param trades the number of closed trades
     * @param wins the number of trades with a profit
     * @param won the sum of the wins
     * @param lost the sum of the losses, not negative
     * @param fees the total fees
     * @param drawdown the maximum drawdown
     * @param ambiguous the number of trades that reached their stop and their take profit
     * within the same minute
     * @return the performance
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
