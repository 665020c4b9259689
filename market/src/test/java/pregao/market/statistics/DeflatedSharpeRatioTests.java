package pregao.market.statistics;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of {@link DeflatedSharpeRatio} and {@link NormalDistribution}.
 */
class DeflatedSharpeRatioTests {

    /** By Simpson's rule. */
    private static double integral(double to) {
        int steps = 20_000;
        double width = (to + 12) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double x = -12 + i * width;
            sum += Math.exp(-x * x / 2) * ((i == 0 || i == steps) ? 1 : (i % 2 == 0) ? 2 : 4);
        }
        return sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void normalIsTheIntegralOfItsDensity() {
        for (double x = -8; x <= 8; x += 0.37) {
            assertThat(NormalDistribution.below(x)).isCloseTo(integral(x), within(1e-12));
            assertThat(NormalDistribution.below(-x)).isCloseTo(1 - NormalDistribution.below(x), within(1e-15));
        }
        for (double part : new double[] { 1e-9, 0.025, 0.5, 0.9, 0.999999 }) {
            assertThat(NormalDistribution.below(NormalDistribution.quantile(part))).isCloseTo(part, within(1e-12));
        }
        assertThat(NormalDistribution.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-9));
    }

    /** The formula is an approximation, good to a few hundredths. */
    @Test
    void theBestOfManyIsAsGoodAsByTrying() {
        Random random = new Random(11);
        for (int tries : new int[] { 10, 100, 1_000 }) {
            double sum = 0;
            for (int i = 0; i < 2_000; i++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int each = 0; each < tries; each++) {
                    best = Math.max(best, random.nextGaussian());
                }
                sum += best;
            }
            assertThat(DeflatedSharpeRatio.best(tries, 2.0)).isCloseTo(2 * sum / 2_000, within(0.2));
        }
        assertThat(DeflatedSharpeRatio.best(1, 2.0)).isZero();
    }

    /** Numbers by hand: (0.1 − 0.05) × √250 ÷ √(1 + 0.5 × 0.1 + 0.5 × 0.01). */
    @Test
    void aSharpeRatioIsWorthLessTheShorterAndWilderItsDays() {
        double deviations = 0.05 * Math.sqrt(250) / Math.sqrt(1 + 0.05 + 0.005);
        assertThat(DeflatedSharpeRatio.deflated(0.1, 0.05, 251, -0.5, 3)).isCloseTo(integral(deviations),
                within(1e-12));
        assertThat(DeflatedSharpeRatio.deflated(0.1, 0.05, 100, -0.5, 3))
            .isLessThan(DeflatedSharpeRatio.deflated(0.1, 0.05, 251, -0.5, 3));
        assertThat(DeflatedSharpeRatio.deflated(0.1, 0.05, 251, -0.5, 30))
            .isLessThan(DeflatedSharpeRatio.deflated(0.1, 0.05, 251, -0.5, 3));
        assertThat(DeflatedSharpeRatio.deflated(0.1, 0, 1, 0, 3)).isNaN();
        assertThat(DeflatedSharpeRatio.deflated(0.1, 0, 100, Double.NaN, 3)).isNaN();
    }

}
