package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import pregao.strategy.bot.Performance;

/**
 * Calculates the performance of trades in the same way as the statistics of bots, so that
 * paper and backtest are comparable.
 */
final class PerformanceCalculator {

    private PerformanceCalculator() {
    }

    static Performance calculate(List<ComparedTrade> trades) {
        BigDecimal grossProfit = BigDecimal.ZERO;
        BigDecimal grossLoss = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        BigDecimal peak = BigDecimal.ZERO;
        BigDecimal drawdown = BigDecimal.ZERO;
        int wins = 0;
        int ambiguous = 0;
        List<ComparedTrade> sortedTrades = trades.stream()
            .sorted(Comparator.comparing((ComparedTrade trade) -> Objects.requireNonNull(trade.closedAt())))
            .toList();
        for (ComparedTrade trade : sortedTrades) {
            wins += (trade.profit().signum() > 0) ? 1 : 0;
            ambiguous += trade.ambiguous() ? 1 : 0;
            grossProfit = grossProfit.add(trade.profit().max(BigDecimal.ZERO));
            grossLoss = grossLoss.add(trade.profit().negate().max(BigDecimal.ZERO));
            fees = fees.add(trade.fees());
            BigDecimal netProfit = grossProfit.subtract(grossLoss);
            peak = peak.max(netProfit);
            drawdown = drawdown.max(peak.subtract(netProfit));
        }
        return Performance.of(sortedTrades.size(), wins, grossProfit, grossLoss, fees, drawdown, ambiguous);
    }

}
