package pregao.market.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import pregao.contracts.indicator.IndicatorConvention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * A small series by other periods, calculated by others from MetaTrader's sources.
 */
class IndicatorVectorTests {

    private static final long[] CLOSES = DoubleStream
        .of(10.0, 10.2, 10.1, 10.4, 10.3, 10.3, 10.6, 10.5, 10.8, 10.7, 10.9, 11.2)
        .mapToLong((close) -> Math.round(close * 1e8))
        .toArray();

    private static final long ABOVE = 10_000_000;

    private static final long BELOW = 15_000_000;

    @Test
    void hasWildersRelativeStrength() {
        Rsi rsi = Rsi.of(IndicatorConvention.MT5, 4);
        expect(values((i) -> rsi.add(CLOSES[i] - CLOSES[i - 1]), rsi::value, 1, 1), 71.428571, 71.428571, 83.783784,
                70.277078, 81.929556, 69.772497, 78.342274, 86.179023);
    }

    @Test
    void hasTheTerminalsSimpleAverageTrueRange() {
        AverageTrueRange atr = new AverageTrueRange(IndicatorConvention.MT5, 4);
        expect(values((i) -> add(atr, i), atr::value, 1, 1), 0.3, 0.2875, 0.325, 0.2875, 0.325, 0.325, 0.3, 0.3375);
    }

    @Test
    void hasWildersAverageTrueRange() {
        AverageTrueRange atr = new AverageTrueRange(IndicatorConvention.CLASSIC, 4);
        expect(values((i) -> add(atr, i), atr::value, 1, 1), 0.3, 0.2875, 0.315625, 0.299219, 0.324414, 0.305811,
                0.304358, 0.328268);
    }

    @Test
    void hasExponentialMeansThatBeginWithTheFirstPrice() {
        Ema ema = new Ema(3, 1);
        expect(values((i) -> ema.add((double) CLOSES[i], 0), ema::value, 0, 1e8), 10, 10.1, 10.1, 10.25, 10.275,
                10.2875, 10.44375, 10.471875, 10.635938, 10.667969, 10.783984, 10.991992);
    }

    @Test
    void hasTheTerminalsMacdFromWhereItIsShown() {
        Macd macd = new Macd(IndicatorConvention.MT5, 3, 6, 3);
        expect(values((i) -> macd.add(CLOSES[i]), macd::value, 0, 1), 0.056965, 0.107654, 0.088949, 0.133848, 0.109333,
                0.127816, 0.180443);
    }

    @Test
    void hasTheTerminalsSimpleSignalFromWhereItIsShown() {
        Macd macd = new Macd(IndicatorConvention.MT5, 3, 6, 3);
        expect(values((i) -> macd.add(CLOSES[i]), macd::signal, 0, 1), 0.084523, 0.11015, 0.11071, 0.123666, 0.139197);
    }

    @Test
    void hasBandsOfThePopulation() {
        BollingerBands bands = new BollingerBands(5, 2);
        expect(values((i) -> bands.add(CLOSES[i]), () -> bands.middle() + bands.width(), 0, 1), 10.482843, 10.463961,
                10.664962, 10.653238, 10.879473, 10.924093, 10.982843, 11.283033);
    }

    private static void add(AverageTrueRange atr, int i) {
        atr.add(CLOSES[i] + ABOVE, CLOSES[i] - BELOW, CLOSES[i - 1]);
    }

    private static List<Double> values(IntConsumer add, DoubleSupplier value, int from, double one) {
        List<Double> values = new ArrayList<>();
        for (int i = from; i < CLOSES.length; i++) {
            add.accept(i);
            if (!Double.isNaN(value.getAsDouble())) {
                values.add(value.getAsDouble() / one);
            }
        }
        return values;
    }

    private static void expect(List<Double> values, double... expected) {
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(values.get(i)).as("value %s", i).isCloseTo(expected[i], within(6e-7));
        }
    }

}
