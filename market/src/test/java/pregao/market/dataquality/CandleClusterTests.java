package pregao.market.dataquality;

import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;

class CandleClusterTests {

    private static final long FIVE = Timeframe.M5.millis();

    @Test
    void isBrokenWhereMoreThanTwentyBucketsLieBetween() {
        TreeSet<Long> times = new TreeSet<>(List.of(0L, FIVE, 21 * FIVE, 42 * FIVE));

        assertThat(CandleCluster.of(times, Timeframe.M5)).containsExactly(new CandleCluster(0, 21 * FIVE),
                new CandleCluster(42 * FIVE, 42 * FIVE));
    }

    @Test
    void isNotThereWhereNothingIs() {
        assertThat(CandleCluster.of(new TreeSet<>(), Timeframe.M1)).isEmpty();
    }

}
