package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import pregao.market.option.OptionStrategyConfig;
import pregao.market.option.TiePolicy;
import pregao.market.pattern.PatternPresets;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.trade.ClosedTrade;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cycle whose first entry was allowed is never stopped by a limit and never loses more
 * than it reserved; all cycles together never lose more than the account allows.
 */
class OptionLimitsPropertyTests {

    private static final int MINUTES = 400;

    @Property(tries = 300)
    void neverCutsACycleAndNeverLosesMoreThanWasReserved(@ForAll long seed) {
        Random random = new Random(seed);
        OptionAccount account = new OptionAccount(limits(random), amount(random, 2_000));
        int bots = 1 + random.nextInt(3);
        for (int i = 0; i < bots; i++) {
            account.startBot(plan(random));
        }
        for (int i = 0; i < MINUTES; i++) {
            account.processMinute(letters(random, bots));
            assertLimitsHold(account);
        }
        assertThat(account.orders()).filteredOn((order) -> order.level() > 0)
            .as("entries that follow")
            .allMatch((order) -> order.state() != OrderState.REFUSED);
        assertLossesWithinReservations(account);
    }

    private static void assertLimitsHold(OptionAccount account) {
        AccountRiskState riskState = account.book();
        assertThat(riskState.dayProfit().negate()).as("lost today").isLessThanOrEqualTo(account.limits().dailyLoss());
        assertThat(riskState.peak().subtract(riskState.profit())).as("drawdown")
            .isLessThanOrEqualTo(account.limits().drawdown());
        assertThat(riskState.balance()).as("balance, of which is reserved")
            .isGreaterThanOrEqualTo(riskState.exposure());
        assertThat(riskState.exposure()).as("exposure").isLessThanOrEqualTo(account.limits().exposure());
        assertThat(riskState.exposure().signum() > 0).as("exposure while a cycle runs").isEqualTo(account.isBusy());
    }

    private static void assertLossesWithinReservations(OptionAccount account) {
        Map<String, BigDecimal> profits = new HashMap<>();
        Map<String, BigDecimal> reserved = new HashMap<>();
        Map<String, Integer> cycles = new HashMap<>();
        Map<UUID, String> cycleOf = new HashMap<>();
        for (Order order : account.orders()) {
            if (order.state() != OrderState.REFUSED) {
                String bot = order.instrument().key();
                String cycle = bot + " " + cycles.merge(bot, (order.level() == 0) ? 1 : 0, Integer::sum);
                cycleOf.put(order.id(), cycle);
                reserved.merge(cycle, order.risk(), BigDecimal::add);
            }
        }
        for (ClosedTrade trade : account.trades()) {
            profits.merge(Objects.requireNonNull(cycleOf.get(trade.id())), trade.profit(), BigDecimal::add);
        }
        profits.forEach((cycle, profit) -> assertThat(profit.negate()).as("loss of cycle %s", cycle)
            .isLessThanOrEqualTo(reserved.get(cycle)));
    }

    private static RiskLimits limits(Random random) {
        return new RiskLimits(amount(random, 300), amount(random, 2_000), amount(random, 800), amount(random, 1_500),
                random.nextInt(6));
    }

    private static OptionStrategyConfig plan(Random random) {
        List<BigDecimal> levels = new ArrayList<>(List.of(BigDecimal.ONE));
        for (int i = random.nextInt(6); i > 0; i--) {
            levels.add(new BigDecimal(1 + random.nextInt(60)).movePointLeft(1));
        }
        return new OptionStrategyConfig(PatternPresets.ALL.get(random.nextInt(PatternPresets.ALL.size())),
                amount(random, 40), levels, 2,
                List.of(TiePolicy.values()).get(random.nextInt(TiePolicy.values().length)));
    }

    private static BigDecimal amount(Random random, int max) {
        return BigDecimal.valueOf(100 + random.nextInt(max * 100), 2);
    }

    private static String letters(Random random, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int draw = random.nextInt(40);
            letters.append((draw == 0) ? '.' : (draw < 4) ? 'D' : random.nextBoolean() ? 'G' : 'R');
        }
        return letters.toString();
    }

}
