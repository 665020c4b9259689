package pregao.market.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.market.spot.Trade;
import pregao.market.statistics.ConfidenceInterval;

/**
 * What came of a backtest.
 *
 * @param bars how many minutes there were
 * @param daily how the days' returns were spread
 * @param count how many trades there were
 * @param trades all of them, in order; none where they were not kept
 * @param profit of all, after fees, in the quote currency
 * @param returned the profit as a part of the capital
 * @param drawdown the deepest fall from a peak at a minute's close, as a part of it
 * @param exposure in what part of the minutes something was held
 * @param sharpe of the days' returns, a year; NaN where there are too few
 * @param sortino the same by the losing days only
 * @param profitFactor what winning trades brought by what losing ones cost; NaN where
 * none lost
 * @param expectancy what a trade brought on average
 * @param wins how many trades brought something
 * @param winRate of the trades, NaN where there are none
 * @param chance the rate of wins of a fair game whose gains and losses before fees are as
 * large as these; NaN where one is missing
 * @param breakEven the rate of wins at which nothing would be won or lost, as large as
 * wins and losses were; NaN where one is missing
 * @param interval where the true rate of wins lies, 95 %
 * @param ambiguous how many trades reached stop and take in one minute
 * @param brokeAt when there was not money enough for another position for the first time,
 * epoch milliseconds; null where there always was
 */
public record BacktestReport(int bars, DailyReturnStatistics daily, int count, List<Trade> trades, BigDecimal profit,
        double returned, double drawdown, double exposure, double sharpe, double sortino, double profitFactor,
        BigDecimal expectancy, int wins, double winRate, double chance, double breakEven, ConfidenceInterval interval,
        int ambiguous, @Nullable Long brokeAt) {

    public BacktestReport {
        trades = List.copyOf(trades);
    }

    static BacktestReport of(BacktestConfig settings, List<Trade> trades, EquityTracker equity,
            @Nullable Long brokeAt) {
        equity.end();
        long wonUnits = 0;
        long lostUnits = 0;
        int wins = 0;
        double[] gross = new double[2];
        int ambiguous = 0;
        for (Trade trade : trades) {
            gross[(trade.profit() > 0) ? 0 : 1] += trade.profit() + trade.fees();
            if (trade.profit() > 0) {
                wonUnits = Math.addExact(wonUnits, trade.profit());
                wins++;
            }
            else {
                lostUnits = Math.subtractExact(lostUnits, trade.profit());
            }
            ambiguous += trade.ambiguous() ? 1 : 0;
        }
        BigDecimal won = Prices.toDecimal(wonUnits);
        BigDecimal lost = Prices.toDecimal(lostUnits);
        BigDecimal profit = won.subtract(lost);
        int count = trades.size();
        double meanWin = won.doubleValue() / wins;
        double meanLoss = lost.doubleValue() / (count - wins);
        return new BacktestReport(equity.minutes(), equity.daily(), count, trades, profit,
                profit.doubleValue() / settings.capital().doubleValue(), equity.drawdown(), equity.exposure(),
                equity.sharpe(settings.daysAYear()), equity.sortino(settings.daysAYear()),
                (lost.signum() > 0) ? won.doubleValue() / lost.doubleValue() : Double.NaN,
                (count > 0) ? profit.divide(BigDecimal.valueOf(count), Prices.SCALE, RoundingMode.HALF_EVEN)
                        : BigDecimal.ZERO,
                wins, (count > 0) ? (double) wins / count : Double.NaN,
                fair(gross[0] / wins, -gross[1] / (count - wins)), fair(meanWin, meanLoss),
                ConfidenceInterval.wilson(wins, count), ambiguous, brokeAt);
    }

    /** The rate of wins at which gains and losses of a size are even. */
    private static double fair(double win, double loss) {
        return (win > 0 && loss > 0) ? loss / (win + loss) : Double.NaN;
    }

    /**
     * The same without its trades, where many reports are kept.
     * @return the numbers
     */
    public BacktestReport withoutTrades() {
        return new BacktestReport(this.bars, this.daily, this.count, List.of(), this.profit, this.returned,
                this.drawdown, this.exposure, this.sharpe, this.sortino, this.profitFactor, this.expectancy, this.wins,
                this.winRate, this.chance, this.breakEven, this.interval, this.ambiguous, this.brokeAt);
    }

}
