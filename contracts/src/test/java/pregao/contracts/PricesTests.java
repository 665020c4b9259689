package pregao.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PricesTests {

    @ParameterizedTest
    @CsvSource({ "1.0855, 108550000", "0, 0", "-0.00000001, -1", "90000000000, 9000000000000000000",
            "1e3, 100000000000", "1.100000000000, 110000000" })
    void readsDecimals(String text, long units) {
        assertThat(Prices.of(new BigDecimal(text))).isEqualTo(units);
        assertThat(Prices.toDecimal(units)).isEqualByComparingTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.000000001", "90000000000.00000001", "-90000000000.00000001", "1e300", "1e-300" })
    void refusesWhatDoesNotFit(String text) {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Prices.of(new BigDecimal(text)));
    }

    @ParameterizedTest
    @CsvSource({ "0.000000005, 1", "0.0000000049999, 0", "-0.000000005, -1", "-0.0000000049, 0",
            "1.123456785, 112345679" })
    void roundsHalvesAwayFromZero(String text, long units) {
        assertThat(Prices.rounded(new BigDecimal(text))).isEqualTo(units);
    }

    @Property
    void comesBackFromItsText(@ForAll @LongRange(min = -Prices.MAX, max = Prices.MAX) long units) {
        String text = Prices.toText(units);

        assertThat(Prices.of(new BigDecimal(text))).isEqualTo(units);
        assertThat(new BigDecimal(text).scale())
            .isEqualTo(Math.max(0, Prices.toDecimal(units).stripTrailingZeros().scale()));
        assertThat(text).doesNotContain("E").doesNotEndWith(".");
    }

    @ParameterizedTest
    @CsvSource({ "108550000, 1.0855", "100000000, 1", "1, 0.00000001", "-50000000, -0.5", "0, 0",
            "1000000000000, 10000" })
    void writesTheShortestPlainText(long units, String text) {
        assertThat(Prices.toText(units)).isEqualTo(text);
    }

    @Property
    void isHalfWayBetweenBidAndAsk(@ForAll @LongRange(min = 1, max = Prices.MAX) long bid,
            @ForAll @LongRange(min = 1, max = Prices.MAX) long ask) {
        BigDecimal mid = BigDecimal.valueOf(bid)
            .add(BigDecimal.valueOf(ask))
            .divide(BigDecimal.TWO, 0, RoundingMode.HALF_UP);

        assertThat(Prices.mid(bid, ask)).isEqualTo(mid.longValueExact()).isEqualTo(Prices.mid(ask, bid));
    }

    @Property
    void takesMeansAsDecimalsDo(@ForAll("sums") long sum, @ForAll @LongRange(min = 1, max = 1_000_000) long count) {
        BigDecimal mean = BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP);

        assertThat(Prices.mean(sum, count)).isEqualTo(mean.longValueExact());
    }

    @Provide
    Arbitrary<Long> sums() {
        return Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(-1000, 1000));
    }

    @Test
    void refusesWhatCannotBeTradedAt() {
        assertThat(Prices.checked(1, "bid")).isOne();
        assertThat(Prices.checked(Prices.MAX, "bid")).isEqualTo(Prices.MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> Prices.checked(0, "bid")).withMessageContaining("bid");
        assertThatIllegalArgumentException().isThrownBy(() -> Prices.checked(Prices.MAX + 1, "ask"))
            .withMessageContaining("90000000000.00000001");
    }

    @Test
    void isNothingWhereTheBasisFindsNoTrade() {
        assertThat(PriceBasis.LAST.of(5, 8, 0)).isZero();
        assertThat(PriceBasis.LAST.of(5, 8, 7)).isEqualTo(7);
        assertThat(PriceBasis.BID.of(5, 8, 7)).isEqualTo(5);
        assertThat(PriceBasis.MID.of(5, 8, 7)).isEqualTo(7);
    }

}
