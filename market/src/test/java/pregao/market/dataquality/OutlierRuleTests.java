package pregao.market.dataquality;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;

import static org.assertj.core.api.Assertions.assertThat;

class OutlierRuleTests {

    @ParameterizedTest
    @CsvSource({ "1, 10, true", "1, 11, false", "7, 7, true", "100000000, 1000000001, false" })
    void allowsTenTimes(long low, long high, boolean consistent) {
        assertThat(OutlierRule.isConsistent(low, high)).isEqualTo(consistent);
    }

    @Test
    void copesWithTheLargestPrices() {
        assertThat(OutlierRule.isConsistent(Prices.MAX, Prices.MAX)).isTrue();
        assertThat(OutlierRule.isConsistent(Prices.MAX / 10, Prices.MAX)).isTrue();
        assertThat(OutlierRule.isConsistent(Prices.MAX / 10 - 1, Prices.MAX)).isFalse();
        assertThat(OutlierRule.median(new long[] { Prices.MAX, Prices.MAX - 1 })).isEqualTo(Prices.MAX);
    }

    @Test
    void takesTheMiddle() {
        assertThat(OutlierRule.median(new long[] { 5, 1, 3 })).isEqualTo(3);
        assertThat(OutlierRule.median(new long[] { 5, 1, 4, 2 })).isEqualTo(3);
        assertThat(OutlierRule.median(new long[] { 9 })).isEqualTo(9);
    }

    @Test
    void admitsTicksOnlyWhereTheRangeHolds() {
        PlausibleRange range = new PlausibleRange(100, 200, 50, 100);

        assertThat(range.admits(100, 199, 60, 70)).isTrue();
        assertThat(range.admits(99, 150, 60, 70)).isFalse();
        assertThat(range.admits(150, 200, 60, 70)).isFalse();
        assertThat(range.admits(150, 150, 60, 500)).isTrue();
        assertThat(range.admits(150, 150, 60, 501)).isFalse();
        assertThat(range.admits(150, 150, 9, 70)).isFalse();
        range.extend(20, 30);
        assertThat(range.admits(150, 150, 60, 201)).isFalse();
        assertThat(range.admits(150, 150, 60, 200)).isTrue();
    }

}
