package pregao.contracts;

import java.math.BigDecimal;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VolumesTests {

    @ParameterizedTest
    @CsvSource({ "5, 5", "5.00000000, 5", "1.50, 1.5", "100, 100", "1E+2, 100", "0, 0", "0.000, 0", "0E+900000000, 0",
            "0E-900000000, 0", "0.00000001, 0.00000001", "100.0, 100", "1E+26, 100000000000000000000000000" })
    void dropsZerosAtTheEndOfDecimals(String text, String plain) {
        BigDecimal checked = Volumes.checked(new BigDecimal(text), 1);

        assertThat(checked).isEqualTo(new BigDecimal(plain));
        assertThat(checked.toPlainString()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "-0.5", "-1E+900000000", "-1E-9", "0.000000001", "1E-900000000", "1E+900000000",
            "1E+2147483648", "1E-2147483647", "100000000000000000000000001", "1E+27" })
    void refusesWhatTheDatabaseCannotKeep(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Volumes.checked(new BigDecimal(text), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "x", "1,5", "NaN", "Infinity", "1E+2147483649", "0x10",
            "1000000000000000000000000000000000000000000000000000000000000000000" })
    void refusesTextThatIsNoNumber(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Volumes.parse(text));
    }

    @Property
    void keepsTheNumber(@ForAll @BigRange(min = "0", max = "100000000000000000000000000") @Scale(8) BigDecimal volume) {
        BigDecimal checked = Volumes.checked(volume, 1);

        assertThat(checked).isEqualByComparingTo(volume);
        assertThat(checked.scale()).isBetween(0, 8);
        assertThat(Volumes.checked(Volumes.parse(checked.toPlainString()), 1)).isEqualTo(checked);
    }

    @ParameterizedTest
    @CsvSource({ "0.30000000000000004, 0.3", "0.000000005, 0.00000001", "0.0000000049, 0", "1E-900000000, 0",
            "1E+30, 1E+30", "150, 150" })
    void roundsHalfUpToEightDecimals(String text, String rounded) {
        assertThat(Volumes.rounded(new BigDecimal(text))).isEqualByComparingTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({ "1E+26, 1, true", "100000000000000000000000000.00000001, 1, false", "1E+27, 1, false",
            "1E+900000000, 1, false", "0E+900000000, 1, true", "144E+27, 1440, true",
            "144000000000000000000000000001, 1440, false" })
    void saysWhetherAVolumeFits(String text, long minutes, boolean fits) {
        assertThat(Volumes.fits(new BigDecimal(text), minutes)).isEqualTo(fits);
    }

    @Property
    void letsADayHoldTheLargestMinutes() {
        BigDecimal day = Volumes.MAX_A_MINUTE.multiply(BigDecimal.valueOf(1440));

        assertThat(Volumes.checked(day, Timeframe.D1.minutes())).isEqualTo(day);
        assertThat(day.precision()).isLessThanOrEqualTo(30);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Volumes.checked(day.add(BigDecimal.ONE), Timeframe.D1.minutes()));
    }

}
