package pregao.market.protection;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProtectionTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final long NOW = HOUR.toMillis() * 100;

    private static final long MINUTE = 60_000;

    @Test
    void instrumentRestsAfterATradeOfItsOwn() {
        Protection cooldown = new Protection.Cooldown(Duration.ofMinutes(5));
        List<ClosedTradeInfo> closed = List.of(closed("A", 4, "0.01", false));
        assertThat(cooldown.judge(closed, "A", NOW))
            .isEqualTo(new TradingLock("A", NOW + MINUTE, "rests after a trade"));
        assertThat(cooldown.judge(closed, "A", NOW + MINUTE)).isNull();
        assertThat(cooldown.judge(closed, "B", NOW)).isNull();
    }

    @Test
    void tooManyStopsStopAllOrTheOneInstrument() {
        List<ClosedTradeInfo> closed = List.of(closed("A", 70, "-0.03", true), closed("A", 30, "-0.03", true),
                closed("B", 20, "-0.03", true), closed("B", 15, "0.001", true), closed("B", 10, "-0.01", false));
        Protection protection = new Protection.StopGuard(HOUR, 2, HOUR, false);
        TradingLock lock = java.util.Objects.requireNonNull(protection.judge(closed, "C", NOW));
        assertThat(lock.symbol()).isNull();
        assertThat(lock.until()).isEqualTo(NOW + 40 * MINUTE);
        assertThat(lock.holds("anything", NOW)).isTrue();
        assertThat(lock.holds("anything", lock.until())).isFalse();
        Protection each = new Protection.StopGuard(HOUR, 2, HOUR, true);
        assertThat(each.judge(closed, "A", NOW)).as("one of two is too old").isNull();
        assertThat(new Protection.StopGuard(HOUR, 1, HOUR, true).judge(closed, "A", NOW))
            .satisfies((one) -> assertThat(one.holds("B", NOW)).isFalse());
    }

    @Test
    void tooDeepAFallStopsAll() {
        List<ClosedTradeInfo> closed = new ArrayList<>(List.of(closed("A", 50, "0.10", false),
                closed("B", 40, "-0.08", false), closed("A", 30, "0.02", false), closed("B", 20, "-0.05", false)));
        Protection drawdown = new Protection.MaxDrawdown(HOUR, 4, new BigDecimal("0.10"), HOUR);
        assertThat(drawdown.judge(closed, "A", NOW)).isNotNull(); // 0.10 to -0.01
        assertThat(drawdown.judge(closed.subList(0, 3), "A", NOW)).as("too few").isNull();
        assertThat(new Protection.MaxDrawdown(HOUR, 4, new BigDecimal("0.11"), HOUR).judge(closed, "A", NOW)).isNull();
    }

    @Test
    void tooLittleProfitStopsTheInstrument() {
        List<ClosedTradeInfo> closed = List.of(closed("A", 50, "0.01", false), closed("A", 40, "-0.02", false),
                closed("B", 30, "0.10", false));
        Protection low = new Protection.LowProfit(HOUR, 2, BigDecimal.ZERO, HOUR);
        assertThat(low.judge(closed, "A", NOW)).isNotNull();
        assertThat(low.judge(closed, "B", NOW)).isNull();
        assertThat(new Protection.LowProfit(HOUR, 2, new BigDecimal("-0.01"), HOUR).judge(closed, "A", NOW)).isNull();
    }

    @Test
    void refusesTimesAndNumbersThatMeanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Protection.Cooldown(Duration.ZERO))
            .withMessageContaining("rest");
        assertThatIllegalArgumentException().isThrownBy(() -> new Protection.StopGuard(HOUR, 0, HOUR, true));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Protection.MaxDrawdown(HOUR, 1, BigDecimal.ZERO, HOUR));
    }

    private static ClosedTradeInfo closed(String symbol, int minutesAgo, String profit, boolean stopped) {
        return new ClosedTradeInfo(symbol, NOW - minutesAgo * MINUTE, new BigDecimal(profit), stopped);
    }

}
