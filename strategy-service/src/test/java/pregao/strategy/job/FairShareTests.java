package pregao.strategy.job;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FairShare}.
 */
class FairShareTests {

    @ParameterizedTest
    @CsvSource({ "0, 10", "100, 10", "101, 10", "110, 9", "150, 5", "190, 1", "199, 1", "200, 0", "201, 0" })
    void shrinksAsPoolFills(long taken, int share) {
        assertThat(FairShare.compute(10, 200, taken)).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({ "0, 2", "1, 2", "2, 0" })
    void neverExceedsMaximumPerUser(long taken, int share) {
        assertThat(FairShare.compute(2, 2, taken)).isEqualTo(share);
    }

}
