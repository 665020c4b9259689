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
 * Tests for the limits of option cycles, which are checked before the first entry for the
 * whole cycle.
 */
class OptionLimitsTests {

    /** Makes the next block a put, which loses on each green minute. */
    private static final String PUT = "GGGRR";

    private static final int UNLIMITED = 1_000_000;

    @Test
    void refusesACycleOfWhichAnEntryIsLargerThanOneOrderMayBe() {
        OptionAccount account = account(limits(30, UNLIMITED, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 stake_limit");
    }

    @Test
    void allowsACycleWhoseLargestEntryIsWhatOneOrderMayBe() {
        OptionAccount account = account(limits(40, UNLIMITED, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void buysAllEntriesOfACycleForWhichTheBalanceSufficed() {
        OptionAccount account = account(limits(UNLIMITED, UNLIMITED, UNLIMITED), 7);
        account.startBot(cycle(1, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 1.00", "settled 2.00", "settled 4.00");
        assertThat(account.book().balance()).isZero();
        assertThat(account.book().exposure()).isZero();
    }

    /** Of 10, 1 is lost and 6 are reserved, so 3 are available. */
    @Test
    void countsALostStakeOnce() {
        OptionAccount account = account(limits(UNLIMITED, UNLIMITED, UNLIMITED), 10);
        account.startBot(cycle(1, 1, 2, 4));
        account.startBot(new OptionStrategyConfig(PatternPresets.named("MHI 2").orElseThrow(), new BigDecimal(3),
                List.of(BigDecimal.ONE), 2, TiePolicy.STOP));
        account.processMinutes(PUT + "G");
        assertThat(account.outcomes()).containsExactly("settled 1.00", "placed 2.00", "placed 3.00");
        assertThat(account.book().balance()).isEqualByComparingTo("9");
        assertThat(account.book().exposure()).isEqualByComparingTo("9");
    }

    @Test
    void refusesACycleThatCouldLoseMoreThanADayMay() {
        OptionAccount account = account(limits(UNLIMITED, 15, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 daily_loss");
    }

    @Test
    void losesAsMuchAsADayMayAndNoMore() {
        OptionAccount account = account(limits(UNLIMITED, 139, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGGRR GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00",
                "refused 10.00 daily_loss");
    }

    @Test
    void refusesACycleThatCouldFallDeeperThanAllowed() {
        OptionAccount account = account(limits(UNLIMITED, UNLIMITED, 69), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("refused 10.00 drawdown_stop");
        account.setLimits(limits(UNLIMITED, UNLIMITED, 70));
        account.processMinutes("RR GGG");
        assertThat(account.outcomes()).endsWith("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void countsWhatCyclesThatRunMayStillLose() {
        OptionAccount account = account(limits(UNLIMITED, 139, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "GGG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "refused 10.00 daily_loss", "settled 20.00",
                "settled 40.00");
    }

    @Test
    void goesOnWithACycleWhenLimitsAreLowered() {
        OptionAccount account = account(limits(UNLIMITED, UNLIMITED, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT + "G");
        account.setLimits(new RiskLimits(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, 0));
        account.processMinutes("GG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "settled 20.00", "settled 40.00");
    }

    @Test
    void endsACycleByTheKillSwitch() {
        OptionAccount account = account(limits(UNLIMITED, UNLIMITED, UNLIMITED), 1_000);
        account.startBot(cycle(10, 1, 2, 4));
        account.processMinutes(PUT);
        account.kill();
        account.processMinutes("GG");
        assertThat(account.outcomes()).containsExactly("settled 10.00", "refused 20.00 kill_switch");
        assertThat(account.book().exposure()).as("nothing is reserved any more").isZero();
    }

    private static OptionAccount account(RiskLimits limits, long balance) {
        return new OptionAccount(limits, BigDecimal.valueOf(balance));
    }

    private static RiskLimits limits(long stake, long dailyLoss, long drawdown) {
        return new RiskLimits(BigDecimal.valueOf(stake), BigDecimal.valueOf(UNLIMITED), BigDecimal.valueOf(dailyLoss),
                BigDecimal.valueOf(drawdown), 5);
    }

    private static OptionStrategyConfig cycle(long stake, int... levels) {
        List<BigDecimal> levelList = Arrays.stream(levels).mapToObj(BigDecimal::valueOf).toList();
        return new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.valueOf(stake), levelList, 2,
                TiePolicy.STOP);
    }

}
