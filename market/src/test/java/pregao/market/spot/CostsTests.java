package pregao.market.spot;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Costs}.
 */
class CostsTests {

    private static final Costs TENTH_OF_A_PERCENT = Costs.of(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO);

    @ParameterizedTest
    @CsvSource({ "100000, 100", "2500, 2", "3500, 4", "1500, 2", "1499, 1", "1000, 1", "500, 1", "100, 1", "1, 1",
            "0, 1" })
    void takesAFeeOfEachFill(long value, long fee) {
        assertThat(TENTH_OF_A_PERCENT.feeOf(value)).isEqualTo(fee);
    }

    @Test
    void takesNoneWhereThereIsNone() {
        assertThat(Costs.NONE.feeOf(1)).isZero();
        assertThat(Costs.NONE.feeOf(100_000)).isZero();
    }

}
