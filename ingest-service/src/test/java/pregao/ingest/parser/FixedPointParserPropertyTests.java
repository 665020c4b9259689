package pregao.ingest.parser;

import java.math.BigDecimal;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Prices;

import static org.assertj.core.api.Assertions.assertThat;

class FixedPointParserPropertyTests {

    @Test
    void matchesDecimalArithmetic() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long units = random.nextLong(Prices.MAX) >> random.nextInt(60);
            BigDecimal decimal = Prices.toDecimal(random.nextBoolean() ? units : -units);
            String text = switch (random.nextInt(4)) {
                case 0 -> decimal.toPlainString();
                case 1 -> decimal.stripTrailingZeros().toPlainString();
                case 2 -> decimal.stripTrailingZeros().toString();
                default -> decimal.setScale(8 + random.nextInt(5)).toPlainString();
            };
            assertThat(units(text)).as("seed %d: %s", seed, text).isEqualTo(Prices.of(decimal));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-", ".", "1.", ".5", "+1", "1,5", "1e", "e5", "0x10", "1 ", " 1", "1.2.3", "NaN",
            "--1", "1_000", "١" })
    void refusesWhatIsNoNumber(String text) {
        assertThat(units(text)).isEqualTo(FixedPointParser.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @CsvSource({ "90000000000, 9000000000000000000", "90000000000.00000000, 9000000000000000000", "0.00000001, 1",
            "1e-8, 1", "0e-400, 0", "00012.5, 1250000000" })
    void readsTheEnds(String text, long units) {
        assertThat(units(text)).isEqualTo(units);
    }

    @Test
    void distinguishesTooFineFromTooLarge() {
        assertThat(units("0.000000001")).isEqualTo(FixedPointParser.TOO_FINE);
        assertThat(units("1e-9")).isEqualTo(FixedPointParser.TOO_FINE);
        assertThat(units("90000000000.00000001")).isEqualTo(FixedPointParser.TOO_LARGE);
        assertThat(units("1e999999999")).isEqualTo(FixedPointParser.TOO_LARGE);
        assertThat(units("9".repeat(400))).isEqualTo(FixedPointParser.TOO_LARGE);
    }

    private static long units(String text) {
        return FixedPointParser.parseUnits(new JsonValueSlice().set(text));
    }

}
