package pregao.market.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ParameterSweepTests {

    private static final ParameterGrid GRID = new ParameterGrid(List.of(
            SweepParameter.steps("stop", new BigDecimal("0.01"), new BigDecimal("0.03"), new BigDecimal("0.01")),
            new SweepParameter("buy", List.of(new BigDecimal(30), new BigDecimal(40)))));

    @Test
    void gridHasAllCombinationsInOrder() {
        assertThat(GRID.size()).isEqualTo(6);
        assertThat(GRID.all()).hasSize(6)
            .startsWith(Map.of("stop", new BigDecimal("0.01"), "buy", new BigDecimal(30)),
                    Map.of("stop", new BigDecimal("0.01"), "buy", new BigDecimal(40)))
            .endsWith(Map.of("stop", new BigDecimal("0.03"), "buy", new BigDecimal(40)));
        assertThat(GRID.all().getFirst().keySet()).containsExactly("stop", "buy");
    }

    @Test
    void chanceDrawsEachPointOnceAndTheSameForASeed() {
        ParameterGrid large = new ParameterGrid(
                List.of(SweepParameter.steps("a", BigDecimal.ONE, new BigDecimal(1000), BigDecimal.ONE),
                        SweepParameter.steps("b", BigDecimal.ONE, new BigDecimal(1000), BigDecimal.ONE)));
        List<Map<String, BigDecimal>> some = large.some(100, 7);
        assertThat(new HashSet<>(some)).hasSize(100);
        assertThat(large.some(100, 7)).isEqualTo(some);
        assertThat(large.some(100, 8)).isNotEqualTo(some);
        assertThat(GRID.some(50, 1)).isEqualTo(GRID.all());
        assertThatIllegalArgumentException().isThrownBy(large::all);
    }

    @Test
    void refusesWhatCannotBeSwept() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ParameterGrid(List.of()));
        SweepParameter one = new SweepParameter("a", List.of(BigDecimal.ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new ParameterGrid(List.of(one, one)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> SweepParameter.steps("a", BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ZERO));
    }

    @Test
    void walkingForwardTriesWhatIsLearnedOnTimesItHasNotSeenWithoutGaps() {
        List<WalkForwardFold> folds = WalkForwardFold.of(0, Duration.ofDays(10).toMillis(), Duration.ofDays(4),
                Duration.ofDays(4));
        assertThat(folds).containsExactly(new WalkForwardFold(0, days(4), days(8)),
                new WalkForwardFold(days(4), days(8), days(10)));
        assertThat(WalkForwardFold.of(0, days(3), Duration.ofDays(4), Duration.ofDays(1))).isEmpty();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> WalkForwardFold.of(0, 1, Duration.ZERO, Duration.ofDays(1)));
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }

}
