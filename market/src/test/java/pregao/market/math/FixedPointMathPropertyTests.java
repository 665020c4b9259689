package pregao.market.math;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FixedPointMathPropertyTests {

    private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(Long.MAX_VALUE);

    @Property(tries = 20_000)
    void roundsLikeDecimals(@ForAll("factors") long one, @ForAll("factors") long other,
            @ForAll("divisors") long divisor, @ForAll("modes") RoundingMode mode) {
        BigDecimal exact = BigDecimal.valueOf(one)
            .multiply(BigDecimal.valueOf(other))
            .divide(BigDecimal.valueOf(divisor), 0, mode);
        if (exact.abs().compareTo(MAX_COUNT) < 0) {
            assertThat(FixedPointMath.divided(one, other, divisor, mode)).isEqualTo(exact.longValueExact());
        }
        else {
            assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> FixedPointMath.divided(one, other, divisor, mode));
        }
    }

    @Test
    void knowsFourWaysToRound() {
        assertThatIllegalArgumentException().isThrownBy(() -> FixedPointMath.divided(1, 1, 2, RoundingMode.CEILING));
    }

    @Provide
    Arbitrary<Long> factors() {
        return Arbitraries.oneOf(Arbitraries.longs().between(-Long.MAX_VALUE, Long.MAX_VALUE),
                Arbitraries.longs().between(-1_000_000, 1_000_000),
                Arbitraries.of(0L, 1L, -1L, 50_000_000L, 100_000_000L, Long.MAX_VALUE, -Long.MAX_VALUE, 1L << 32));
    }

    @Provide
    Arbitrary<Long> divisors() {
        return Arbitraries.oneOf(Arbitraries.longs().between(1, Long.MAX_VALUE), Arbitraries.longs().between(1, 1000),
                Arbitraries.of(100_000_000L, 1L, 2L, 1L << 32, (1L << 62) + 1, Long.MAX_VALUE));
    }

    @Provide
    Arbitrary<RoundingMode> modes() {
        return Arbitraries
            .of(List.of(RoundingMode.DOWN, RoundingMode.UP, RoundingMode.HALF_UP, RoundingMode.HALF_EVEN));
    }

}
