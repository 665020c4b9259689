package pregao.market.indicator;

import java.util.Random;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import pregao.contracts.Prices;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class IndicatorSetTests {

    private static final long ONE = Prices.ONE;

    @ParameterizedTest
    @EnumSource
    void areUndefinedBeforeTheirFirstCandle(IndicatorConvention convention) {
        Series series = walk(100, 1);

        assertThat(new IndicatorSet(convention).values()).isEqualTo(IndicatorValues.NONE);
        assertThat(first(convention, series, IndicatorValues::rsi)).isEqualTo(14);
        assertThat(first(convention, series, IndicatorValues::atr)).isEqualTo(14);
        assertThat(first(convention, series, IndicatorValues::macd)).isEqualTo(25);
        assertThat(first(convention, series, IndicatorValues::macdSignal)).isEqualTo(33);
        assertThat(first(convention, series, IndicatorValues::macdHist)).isEqualTo(33);
        assertThat(first(convention, series, IndicatorValues::bbUpper)).isEqualTo(19);
        assertThat(first(convention, series, IndicatorValues::bbMiddle)).isEqualTo(19);
        assertThat(first(convention, series, IndicatorValues::bbLower)).isEqualTo(19);
    }

    @ParameterizedTest
    @EnumSource
    void haveAllStrengthWithoutLossesAndNoneWithoutGains(IndicatorConvention convention) {
        IndicatorSet rising = new IndicatorSet(convention);
        IndicatorSet falling = new IndicatorSet(convention);
        for (int i = 0; i < 40; i++) {
            add(rising, ONE + i * 1_237L);
            add(falling, ONE - i * 1_237L);
        }
        assertThat(rising.rsi()).isEqualTo(100);
        assertThat(falling.rsi()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void haveAFlatSeries(IndicatorConvention convention) {
        IndicatorSet flat = new IndicatorSet(convention);
        for (int i = 0; i < 40; i++) {
            add(flat, 108_550_000);
        }
        IndicatorValues values = flat.values();
        assertThat(values).isEqualTo(new IndicatorValues((convention == IndicatorConvention.MT5) ? 50 : Double.NaN, 0,
                0, 0, 0, 1.0855, 1.0855, 1.0855));
    }

    @ParameterizedTest
    @EnumSource
    void forgetWhatWasBeforeALongFlat(IndicatorConvention convention) {
        IndicatorSet indicators = new IndicatorSet(convention);
        IndicatorSet fresh = new IndicatorSet(convention);
        addAll(indicators, walk(500, 2));
        for (int i = 0; i < 900; i++) {
            add(indicators, 7 * ONE / 3);
            add(fresh, 7 * ONE / 3);
        }
        assertThat(indicators.values()).isEqualTo(fresh.values());
    }

    @ParameterizedTest
    @EnumSource
    void hasNoErrorThatStaysAfterAJump(IndicatorConvention convention) {
        IndicatorSet indicators = new IndicatorSet(convention);
        addAll(indicators, walk(30, 7));
        add(indicators, Prices.MAX);
        add(indicators, 1);
        add(indicators, Prices.MAX);
        IndicatorSet fresh = new IndicatorSet(convention);
        Series after = walk(IndicatorSet.REACH, 3);
        addAll(indicators, after);
        addAll(fresh, after);

        assertThat(indicators.values()).isEqualTo(fresh.values());
    }

    @ParameterizedTest
    @EnumSource
    void takeTheLargestPrices(IndicatorConvention convention) {
        Random random = new Random(4);
        for (int run = 0; run < 200; run++) {
            long range = Prices.MAX >> random.nextInt(62);
            long[][] rows = new long[3][120];
            for (int i = 0; i < 120; i++) {
                long from = (i > 60) ? 1 : Prices.MAX - range + 1;
                long close = from + random.nextLong(range);
                rows[0][i] = random.nextBoolean() ? Prices.MAX : close;
                rows[1][i] = random.nextBoolean() ? 1 : close;
                rows[2][i] = close;
            }
            NumericAssertions.check(convention, new Series(rows[0], rows[1], rows[2]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalTheFullHistoryToTheLastBitAfterTheirReach(IndicatorConvention convention) {
        Series series = walk(5_000, 5);
        Random random = new Random(6);
        IndicatorSet indicatorSet = new IndicatorSet(convention);
        for (int i = 0; i < series.size(); i++) {
            series.addTo(indicatorSet, i);
            if (i >= IndicatorSet.REACH - 1 && random.nextInt(10) == 0) {
                IndicatorSet restarted = new IndicatorSet(convention);
                for (int each = i - IndicatorSet.REACH + 1; each <= i; each++) {
                    series.addTo(restarted, each);
                }
                assertThat(restarted.values()).isEqualTo(indicatorSet.values());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void areCopiedWithAllTheyRemember(IndicatorConvention convention) {
        IndicatorSet original = new IndicatorSet(convention);
        IndicatorSet copy = new IndicatorSet(convention);
        addAll(copy, walk(60, 8));
        addAll(original, walk(50, 9));
        add(original, Prices.MAX);

        copy.copyFrom(original);

        assertThat(copy.count()).isEqualTo(51);
        for (int i = 0; i < 40; i++) {
            assertThat(copy.values()).isEqualTo(original.values());
            add(original, ONE + i * 1_000L);
            add(copy, ONE + i * 1_000L);
        }
    }

    @Test
    void doNotBecomeThoseOfAnotherConvention() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new IndicatorSet(IndicatorConvention.MT5).copyFrom(new IndicatorSet(IndicatorConvention.PLAIN)))
            .withMessage("mt5 indicators cannot become plain ones");
    }

    @Test
    void signalOfThePlainConventionBeginsWithTheFirstDistance() {
        IndicatorSet indicators = new IndicatorSet(IndicatorConvention.PLAIN);
        double fast = 1;
        double slow = 1;
        double signal = 0;
        for (int i = 0; i < 34; i++) {
            double close = 1 + i * 0.01;
            add(indicators, Math.round(close * 1e8));
            fast += (close - fast) * 2 / 13;
            slow += (close - slow) * 2 / 27;
            signal += (fast - slow - signal) * 2 / 10;
        }
        assertThat(indicators.macdSignal()).isCloseTo(signal, within(1e-12));
    }

    private static int first(IndicatorConvention convention, Series series, ToDoubleFunction<IndicatorValues> value) {
        IndicatorSet indicators = new IndicatorSet(convention);
        for (int i = 0; i < series.size(); i++) {
            series.addTo(indicators, i);
            if (!Double.isNaN(value.applyAsDouble(indicators.values()))) {
                return i;
            }
        }
        return -1;
    }

    private static Series walk(int size, long seed) {
        Random random = new Random(seed);
        long[][] rows = new long[3][size];
        long close = 108_550_000;
        for (int i = 0; i < size; i++) {
            close += (random.nextInt(21) - 10) * 1_000L;
            rows[0][i] = close + random.nextInt(5) * 1_000L;
            rows[1][i] = close - random.nextInt(5) * 1_000L;
            rows[2][i] = close;
        }
        return new Series(rows[0], rows[1], rows[2]);
    }

    private static void add(IndicatorSet indicators, long price) {
        indicators.add(price, price, price);
    }

    private static void addAll(IndicatorSet indicators, Series series) {
        for (int i = 0; i < series.size(); i++) {
            series.addTo(indicators, i);
        }
    }

}
