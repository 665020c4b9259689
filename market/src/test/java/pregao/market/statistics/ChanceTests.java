package pregao.market.statistics;

import java.math.BigDecimal;
import java.math.MathContext;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ChanceTests {

    @Property(tries = 300)
    void binomialEqualsTheSumOfItsTermsInExactArithmetic(@ForAll @IntRange(max = 60) int trials,
            @ForAll @IntRange(max = 60) int wish, @ForAll @IntRange(min = 1, max = 999) int thousandths) {
        double chance = thousandths / 1000.0;
        int wins = Math.min(wish, trials);
        BigDecimal p = new BigDecimal(chance);
        BigDecimal tail = BigDecimal.ZERO;
        BigDecimal ways = BigDecimal.ONE;
        for (int k = 0; k <= trials; k++) {
            if (k >= wins) {
                tail = tail.add(ways.multiply(p.pow(k)).multiply(BigDecimal.ONE.subtract(p).pow(trials - k)));
            }
            ways = ways.multiply(BigDecimal.valueOf(trials - k))
                .divide(BigDecimal.valueOf(k + 1L), MathContext.UNLIMITED);
        }
        double exact = tail.doubleValue();
        assertThat(BinomialTest.atLeast(wins, trials, chance)).isCloseTo(exact, within(1e-12 * exact + 1e-300));
    }

    @Test
    void binomialCopesWithItsEdges() {
        assertThat(BinomialTest.atLeast(0, 0, 0.5)).isOne();
        assertThat(BinomialTest.atLeast(5, 10, 0)).isZero();
        assertThat(BinomialTest.atLeast(10, 10, 1)).isOne();
        assertThat(BinomialTest.atLeast(3, 3, 0.5)).isEqualTo(0.125);
        assertThat(BinomialTest.atLeast(10_000, 10_000, 0.875)).isBetween(0.0, 1e-300);
        assertThatIllegalArgumentException().isThrownBy(() -> BinomialTest.atLeast(2, 1, 0.5));
    }

    /**
     * Of R: binom::binom.confint(x, n, method = "wilson"), as printed in its manual's
     * form.
     */
    @Test
    void wilsonsIntervalHoldsItsCentreAndNeverLeavesTheRange() {
        ConfidenceInterval confidenceInterval = ConfidenceInterval.wilson(50, 100);
        assertThat(confidenceInterval.low()).isCloseTo(0.4038315, within(1e-6));
        assertThat(confidenceInterval.high()).isCloseTo(0.5961685, within(1e-6));
        assertThat(ConfidenceInterval.wilson(0, 10).low()).isZero();
        assertThat(ConfidenceInterval.wilson(10, 10).high()).isOne();
        assertThat(ConfidenceInterval.wilson(0, 0)).isEqualTo(new ConfidenceInterval(0, 1));
    }

    /** The example of Benjamini and Hochberg's paper, its 15 p-values. */
    @Test
    void findsTheFourOfThePaper() {
        double[] values = { 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
                0.5719, 0.6528, 0.7590, 1.0000 };
        double[] adjusted = BenjaminiHochberg.adjusted(values);
        assertThat(BenjaminiHochberg.found(adjusted, 0.05)).isEqualTo(4);
        assertThat(adjusted[0]).isCloseTo(0.0015, within(1e-12));
        assertThat(adjusted).isSorted();
        assertThat(BenjaminiHochberg.adjusted(new double[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "0.80, 0.80, 0.60, 0.20, 91.22", "0.84, 0.84, 0.68, 0.36, 90.49", "0.85, 0.85, 0.70, 0.40, 90.30",
            "0.87, 0.87, 0.74, 0.48, 89.93", "0.89, 0.89, 0.78, 0.56, 89.56", "0.90, 0.90, 0.80, 0.60, 89.37" })
    void stakesOneTwoFourBringWhatTheTableSays(BigDecimal payout, BigDecimal direct, BigDecimal first,
            BigDecimal second, double breakEven) {
        StakeProgression stakes = StakeProgression.growing(payout, BigDecimal.TWO, 2);
        assertThat(stakes.won(0)).isEqualByComparingTo(direct);
        assertThat(stakes.won(1)).isEqualByComparingTo(first);
        assertThat(stakes.won(2)).isEqualByComparingTo(second);
        assertThat(stakes.risk()).isEqualByComparingTo("7");
        assertThat(stakes.breakEvenCycle() * 100).isCloseTo(breakEven, within(0.005));
    }

    @Test
    void ruinIsCertainWithoutAnEdgeAndKnownForACoinWithOne() {
        double[] coin = { 1, -1 };
        assertThat(RiskOfRuin.risk(coin, new double[] { 0.5, 0.5 }, 100)).isOne();
        assertThat(RiskOfRuin.risk(coin, new double[] { 1, 0 }, 100)).isZero();
        // The gambler's ruin: (q / p) to the bankroll.
        assertThat(RiskOfRuin.risk(coin, new double[] { 0.6, 0.4 }, 10)).isCloseTo(Math.pow(0.4 / 0.6, 10),
                within(1e-9));
        assertThat(RiskOfRuin.risk(coin, new double[] { 0.6, 0.4 }, 0)).isOne();
    }

}
