package pregao.market.spot;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TransactionCosts}.
 */
class TransactionCostsTests {

    private static final TransactionCosts TENTH_OF_A_PERCENT = TransactionCosts.of(new BigDecimal("0.001"),
            BigDecimal.ZERO, BigDecimal.ZERO);

    @ParameterizedTest
    @CsvSource({ "100000, 100", "2500, 2", "3500, 4", "1500, 2", "1499, 1", "1000, 1", "500, 1", "100, 1", "1, 1",
            "0, 1" })
    void takesAFeeOfEachFill(long value, long fee) {
        assertThat(TENTH_OF_A_PERCENT.feeOf(value)).isEqualTo(fee);
    }

    @ParameterizedTest
    @CsvSource({ "100, 101, 99", "199, 200, 198", "1, 1, 1", "10000, 10100, 9900" })
    void theLimitOfAnEntryIsNeverBeyondTheCap(long decided, long buying, long selling) {
        assertThat(TENTH_OF_A_PERCENT.limit(decided, true)).isEqualTo(buying);
        assertThat(TENTH_OF_A_PERCENT.limit(decided, false)).isEqualTo(selling);
    }

    @Test
    void theCapIsOnePercentUnlessItIsSaid() {
        assertThat(TENTH_OF_A_PERCENT.cap()).isEqualTo(1_000_000);
        assertThat(TENTH_OF_A_PERCENT.capped(new BigDecimal("0.5")).limit(1_000, true)).isEqualTo(1_500);
        assertThatIllegalArgumentException().isThrownBy(() -> TENTH_OF_A_PERCENT.capped(BigDecimal.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> TENTH_OF_A_PERCENT.capped(BigDecimal.ONE));
    }

    @Test
    void takesNoneWhereThereIsNone() {
        assertThat(TransactionCosts.NONE.feeOf(1)).isZero();
        assertThat(TransactionCosts.NONE.feeOf(100_000)).isZero();
    }

}
