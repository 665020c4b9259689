package pregao.contracts.candle;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CandleTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    @ParameterizedTest(name = "{5}")
    @CsvSource({ "0, 5, 4, 3, 5, high below open", "0, 3, 4, 3, 5, high below close", "0, 4, 5, 4, 3, low above close",
            "0, 3, 5, 4, 4, low above open", "0, 0, 5, 0, 4, low of zero", "0, 4, 5, -1, 4, low below zero",
            "1, 4, 5, 3, 4, off its bucket", "0, 4, 9000000000000000001, 3, 4, high too high",
            "253402300800000, 4, 5, 3, 4, after the year 9999" })
    void refusesWhatIsNoCandle(long openTime, long open, long high, long low, long close, String why) {
        assertThatIllegalArgumentException().as(why)
            .isThrownBy(() -> candle(openTime, open, high, low, close, "1", null));
    }

    @ParameterizedTest
    @CsvSource({ "-1", "0.000000001", "100000000000000000000000001" })
    void refusesVolumesThatCannotBeKept(String volume) {
        assertThatIllegalArgumentException().isThrownBy(() -> candle(0, 4, 5, 3, 4, volume, null));
    }

    @Test
    void refusesARevisionBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> flat().withRevision(-1));
    }

    @Test
    void isEqualWhateverTheZerosOfItsVolume() {
        assertThat(candle(0, 4, 5, 3, 4, "7.50000000", null)).isEqualTo(candle(0, 4, 5, 3, 4, "7.5", null));
    }

    @Test
    void saysTheSameWhateverItsSourceAndRevision() {
        Candle candle = candle(0, 4, 5, 3, 4, "7", Spread.ofPrice(1));

        assertThat(candle.sameValues(candle.asFinal().withRevision(3))).isTrue();
        assertThat(candle.sameValues(candle(0, 4, 5, 3, 4, "7", null))).isFalse();
        assertThat(candle.sameValues(candle(0, 4, 5, 3, 4, "7", Spread.ofPoints(1)))).isFalse();
        assertThat(candle.sameValues(candle(0, 4, 5, 3, 4, "8", Spread.ofPrice(1)))).isFalse();
        assertThat(candle.sameValues(candle(0, 4, 5, 3, 3, "7", Spread.ofPrice(1)))).isFalse();
        assertThat(candle.sameValues(candle(0, 3, 5, 3, 4, "7", Spread.ofPrice(1)))).isFalse();
        assertThat(candle.sameValues(candle(0, 4, 6, 3, 4, "7", Spread.ofPrice(1)))).isFalse();
        assertThat(candle.sameValues(candle(0, 4, 5, 2, 4, "7", Spread.ofPrice(1)))).isFalse();
    }

    @Test
    void endsWhereTheNextBegins() {
        assertThat(flat().closeTime(BucketGrid.UTC)).isEqualTo(60_000);
        assertThat(flat().asFinal().isFinal()).isTrue();
    }

    @Test
    void refusesHalfAQuote() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CandleEvent(flat(), 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CandleEvent(flat(), 1, Prices.MAX + 1));
        assertThat(CandleEvent.of(flat())).isEqualTo(new CandleEvent(flat(), 0, 0));
    }

    private static Candle flat() {
        return candle(0, 4, 4, 4, 4, "1", null);
    }

    private static Candle candle(long openTime, long open, long high, long low, long close, String volume,
            @Nullable Spread spread) {
        return new Candle(EURUSD, Timeframe.M1, openTime, open, high, low, close, new BigDecimal(volume), spread,
                CandleSource.GIVEN, false, 0);
    }

}
