package pregao.market.candle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static pregao.market.Minutes.EURUSD;
import static pregao.market.Minutes.flat;
import static pregao.market.Minutes.given;
import static pregao.market.Minutes.price;
import static pregao.market.Minutes.withSpread;

class CandleRollupTests {

    private static final long DAY = 1_398_902_400_000L;

    private static final long MINUTE = 60_000;

    @Test
    void foldsFiveMinutes() {
        List<Candle> minutes = List.of(given(DAY, "1.2", "1.3", "1.1", "1.2", 7),
                given(DAY + MINUTE, "1.2", "1.9", "1.2", "1.3", 5),
                given(DAY + 4 * MINUTE, "1.3", "1.4", "0.9", "1.0", 11));

        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, minutes, true))
            .isEqualTo(new Candle(EURUSD, Timeframe.M5, DAY, price("1.2"), price("1.9"), price("0.9"), price("1.0"),
                    BigDecimal.valueOf(23), null, CandleSource.ROLLUP, true, 0));
    }

    @Test
    void isFinalWhereTheBucketEndedAndEveryMinuteIs() {
        Candle done = flat(DAY, CandleSource.GIVEN, true);
        Candle forming = flat(DAY + MINUTE, CandleSource.GIVEN, false);

        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(done), true)).matches(Candle::isFinal);
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(done), false))
            .matches((candle) -> !candle.isFinal());
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(done, forming), true))
            .matches((candle) -> !candle.isFinal())
            .extracting(Candle::volume)
            .isEqualTo(BigDecimal.TWO);
    }

    @Test
    void leavesOutMinutesStillFormingFromTicks() {
        Candle done = flat(DAY, CandleSource.GIVEN, true);
        Candle forming = flat(DAY + MINUTE, CandleSource.TICKS, false);

        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(done, forming), true))
            .matches((candle) -> !candle.isFinal())
            .extracting(Candle::volume)
            .isEqualTo(BigDecimal.ONE);
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(forming), true)).isNull();
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(), true)).isNull();
    }

    @Test
    void takesTheMeanOfTheSpreadsThatAreThere() {
        Candle none = flat(DAY, CandleSource.GIVEN, true);
        Candle two = withSpread(flat(DAY + MINUTE, CandleSource.GIVEN, true), Spread.ofPrice(2));
        Candle five = withSpread(flat(DAY + 2 * MINUTE, CandleSource.GIVEN, true), Spread.ofPrice(5));
        Candle points = withSpread(flat(DAY + 3 * MINUTE, CandleSource.GIVEN, true), Spread.ofPoints(5));

        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(none, two, five), true))
            .extracting(Candle::spread)
            .isEqualTo(Spread.ofPrice(4));
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(points), true)).extracting(Candle::spread)
            .isEqualTo(Spread.ofPoints(5));
        assertThat(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(two, five, points), true))
            .extracting(Candle::spread)
            .isNull();
    }

    @Test
    void foldsTouchedBucketsOnly() {
        List<Candle> minutes = List.of(flat(DAY, CandleSource.GIVEN, true),
                flat(DAY + 7 * MINUTE, CandleSource.GIVEN, true), flat(DAY + 70 * MINUTE, CandleSource.GIVEN, true),
                flat(DAY + Timeframe.D1.millis(), CandleSource.GIVEN, true));

        List<Candle> candles = CandleRollup.touched(BucketGrid.UTC, minutes, new long[] { DAY + 7 * MINUTE + 31 },
                DAY + 30 * MINUTE);

        assertThat(candles).extracting(Candle::timeframe).containsExactlyElementsOf(Timeframe.ROLLED_UP);
        assertThat(candles).extracting(Candle::openTime).containsExactly(DAY + 5 * MINUTE, DAY, DAY, DAY, DAY, DAY);
        assertThat(candles).extracting((candle) -> candle.volume().intValue()).containsExactly(1, 2, 2, 2, 3, 3);
        assertThat(candles).extracting(Candle::isFinal).containsExactly(true, true, true, false, false, false);
    }

    @Test
    void refusesWhatIsNotInOrder() {
        Candle minute = flat(DAY, CandleSource.GIVEN, true);
        Candle next = flat(DAY + MINUTE, CandleSource.GIVEN, true);
        Candle later = flat(DAY + 5 * MINUTE, CandleSource.GIVEN, true);

        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(next, minute), true));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(minute, minute), true));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(minute, later), true));
        Candle five = Objects.requireNonNull(CandleRollup.of(BucketGrid.UTC, Timeframe.M5, List.of(minute), true));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleRollup.of(BucketGrid.UTC, Timeframe.M15, List.of(five), true));
    }

}
