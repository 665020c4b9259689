package pregao.indicators.marketdata;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Decimals}.
 */
class DecimalsTests {

    @ParameterizedTest
    @CsvSource({ "1.08550000, 1.0855", "100.00000000, 100", "0.00000000, 0", "0.00000001, 0.00000001",
            "90000000000.00000001, 90000000000.00000001", "100, 100", "-0.50000000, -0.5",
            "123456789012345678901234567890.12000000, 123456789012345678901234567890.12" })
    void takesOnlyTheZerosAtTheEndAway(String stored, String expected) {
        assertThat(Decimals.shortest(stored)).isEqualTo(expected);
    }

}
