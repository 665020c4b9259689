package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.market.option.OptionStrategyConfig;
import pregao.market.option.TiePolicy;
import pregao.market.pattern.PatternPresets;
import pregao.market.risk.RiskLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole cycle is checked before its first entry, and then goes on.
 */
class OptionLimitsTests {

    /** Gives the next block a put, on which each green minute loses. */
    private static final String PUT = "GGGRR";

    private static final int NONE = 1_000_000;

    @Test
    void refusesACycleOfWhichAnEntryIsLargerThanOneOrderMayBe() {
        OptionAccount account = account(limits(30, NONE, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 stake_limit");
    }

    @Test
    void allowsACycleWhoseLargestEntryIsWhatOneOrderMayBe() {
        OptionAccount account = account(limits(40, NONE, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void buysAllEntriesOfACycleForWhichTheBalanceSufficed() {
        OptionAccount account = account(limits(NONE, NONE, NONE), 7);
        account.starts(cycle(1, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 1.00", "settled 2.00", "settled 4.00");
        assertThat(account.book().balance()).isZero();
        assertThat(account.book().exposure()).isZero();
    }

    /** Of 10, 1 is lost and 6 are reserved, so 3 are free. */
    @Test
    void countsALostStakeOnce() {
        OptionAccount account = account(limits(NONE, NONE, NONE), 10);
        account.starts(cycle(1, 1, 2, 4));
        account.starts(new OptionStrategyConfig(PatternPresets.named("MHI 2").orElseThrow(), new BigDecimal(3),
                List.of(BigDecimal.ONE), 2, TiePolicy.STOP));
        account.minutes(PUT + "G");
        assertThat(account.outcomes()).containsExactly("settled 1.00", "placed 2.00", "placed 3.00");
        assertThat(account.book().balance()).isEqualByComparingTo("9");
        assertThat(account.book().exposure()).isEqualByComparingTo("9");
    }

    @Test
    void refusesACycleThatCouldLoseMoreThanADayMay() {
        OptionAccount account = account(limits(NONE, 15, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 daily_loss");
    }

    @Test
    void losesAsMuchAsADayMayAndNoMore() {
        OptionAccount account = account(limits(NONE, 139, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGGRR GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00",
                "refused 10.00 daily_loss");
    }

    @Test
    void refusesACycleThatCouldFallDeeperThanAllowed() {
        OptionAccount account = account(limits(NONE, NONE, 69), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 drawdown_stop");
        account.limit(limits(NONE, NONE, 70));
        account.minutes("RR GGG");
        assertThat(account.outcomes()).endsWith("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void countsWhatCyclesThatRunMayStillLose() {
        OptionAccount account = account(limits(NONE, 139, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "refused 10.00 daily_loss", "settled 20.00",
                "settled 40.00");
    }

    @Test
    void goesOnWithACycleWhenLimitsAreLowered() {
        OptionAccount account = account(limits(NONE, NONE, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT + "G");
        account.limit(new RiskLimits(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, 0));
        account.minutes("GG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void endsACycleByTheKillSwitch() {
        OptionAccount account = account(limits(NONE, NONE, NONE), 1_000);
        account.starts(cycle(10, 1, 2, 4));
        account.minutes(PUT);
        account.kill();
        account.minutes("GG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "refused 20.00 kill_switch");
        assertThat(account.book().exposure()).as("nothing is reserved any more").isZero();
    }

    private static OptionAccount account(RiskLimits limits, long balance) {
        return new OptionAccount(limits, BigDecimal.valueOf(balance));
    }

    private static RiskLimits limits(long stake, long dailyLoss, long drawdown) {
        return new RiskLimits(BigDecimal.valueOf(stake), BigDecimal.valueOf(NONE), BigDecimal.valueOf(dailyLoss),
                BigDecimal.valueOf(drawdown), 5);
    }

    private static OptionStrategyConfig cycle(long stake, int... levels) {
        List<BigDecimal> all = Arrays.stream(levels).mapToObj(BigDecimal::valueOf).toList();
        return new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.valueOf(stake), all, 2, TiePolicy.STOP);
    }

}
