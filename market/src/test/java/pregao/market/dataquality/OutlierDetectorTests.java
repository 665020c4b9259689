package pregao.market.dataquality;

import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.given;
import static pregao.market.Minutes.price;

class OutlierDetectorTests {

    private static final long TIME = 1_398_902_400_000L;

    @Test
    void believeACandleThatIsAlone() {
        Candle candle = candle("1000", "1000");

        assertThat(OutlierDetector.of(new TreeMap<>()).judge(candle)).isNull();
        assertThat(OutlierDetector.of(closes(0, "1")).judge(candle)).as("its own bucket").isNull();
    }

    @ParameterizedTest
    @CsvSource({ "10, 1, ", "10.00000001, 1, high", "1.5, 0.1, ", "1.5, 0.09999999, low", "11, 0.01, high",
            "90000000000, 1, high", "1, 0.00000001, low" })
    void doubtWhatIsMoreThanTenTimesOff(String high, String low, String field) {
        Outlier doubt = OutlierDetector.of(closes(-1, "1", "7", "1")).judge(candle(high, low));

        assertThat((doubt != null) ? doubt.field() : null).isEqualTo(field);
    }

    @Test
    void sayWhatIsOffAndByWhat() {
        Outlier doubt = OutlierDetector.of(closes(1, "1", "2", "4", "5")).judge(candle("31", "3"));

        assertThat(doubt).isEqualTo(new Outlier("high", price("31"), price("3"), 4));
    }

    @Test
    void countTheTwentyNearestBeforeAndAfterTogether() {
        SortedMap<Long, Long> closes = new TreeMap<>();
        for (int i = 1; i <= 10; i++) {
            closes.put(TIME + i * 60_000L, price("1"));
            closes.put(TIME - (i + 2) * 60_000L, price("1"));
        }
        for (int i = 13; i < 100; i++) {
            closes.put(TIME - i * 60_000L, price("1000"));
            closes.put(TIME + i * 60_000L, price("1000"));
        }

        Outlier doubt = OutlierDetector.of(closes).judge(candle("1000", "1"));

        assertThat(doubt).isEqualTo(new Outlier("high", price("1000"), price("1"), 20));
    }

    @Test
    void takeTheEarlierOfTwoEquallyNearOnes() {
        SortedMap<Long, Long> closes = new TreeMap<>();
        for (int i = 1; i <= 9; i++) {
            closes.put(TIME - i * 60_000L, price("1"));
            closes.put(TIME + i * 60_000L, price("30"));
        }
        closes.put(TIME - 600_000L, price("1"));
        closes.put(TIME - 660_000L, price("1"));
        closes.put(TIME + 660_000L, price("30"));

        assertThat(OutlierDetector.of(closes).judge(candle("11", "1"))).extracting(Outlier::median)
            .isEqualTo(price("1"));
    }

    @Test
    void copeWithTheLargestPrices() {
        SortedMap<Long, Long> closes = new TreeMap<>();
        closes.put(TIME - 60_000, Prices.MAX);
        closes.put(TIME + 60_000, Prices.MAX - 1);

        assertThat(OutlierDetector.of(closes).judge(candle("90000000000", "9000000000"))).isNull();
        assertThat(OutlierDetector.of(closes).judge(candle("90000000000", "8999999999.99999999")))
            .isEqualTo(new Outlier("low", Prices.MAX / 10 - 1, Prices.MAX, 2));
    }

    private static SortedMap<Long, Long> closes(int first, String... closes) {
        SortedMap<Long, Long> map = new TreeMap<>();
        for (int i = 0; i < closes.length; i++) {
            int at = (first < 0) ? first - i : first + i;
            map.put(TIME + at * 60_000L, price(closes[i]));
        }
        return map;
    }

    private static Candle candle(String high, String low) {
        return given(TIME, high, high, low, low, 1);
    }

}
