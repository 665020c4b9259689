package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import pregao.strategy.bot.Performance;

/**
 * Counts trades as the statistics of bots do, so that both sides are counted alike.
 */
final class PerformanceCalculator {

    private PerformanceCalculator() {
    }

    static Performance of(List<ComparedTrade> deals) {
        BigDecimal won = BigDecimal.ZERO;
        BigDecimal lost = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        BigDecimal peak = BigDecimal.ZERO;
        BigDecimal drawdown = BigDecimal.ZERO;
        int wins = 0;
        int ambiguous = 0;
        List<ComparedTrade> inOrder = deals.stream()
            .sorted(Comparator.comparing((ComparedTrade deal) -> Objects.requireNonNull(deal.closedAt())))
            .toList();
        for (ComparedTrade deal : inOrder) {
            wins += (deal.profit().signum() > 0) ? 1 : 0;
            ambiguous += deal.ambiguous() ? 1 : 0;
            won = won.add(deal.profit().max(BigDecimal.ZERO));
            lost = lost.add(deal.profit().negate().max(BigDecimal.ZERO));
            fees = fees.add(deal.fees());
            BigDecimal sum = won.subtract(lost);
            peak = peak.max(sum);
            drawdown = drawdown.max(peak.subtract(sum));
        }
        return Performance.of(inOrder.size(), wins, won, lost, fees, drawdown, ambiguous);
    }

}
