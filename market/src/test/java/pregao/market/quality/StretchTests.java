package pregao.market.quality;

import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;

class StretchTests {

    private static final long FIVE = Timeframe.M5.millis();

    @Test
    void isBrokenWhereMoreThanTwentyBucketsLieBetween() {
        TreeSet<Long> times = new TreeSet<>(List.of(0L, FIVE, 21 * FIVE, 42 * FIVE));

        assertThat(Stretch.of(times, Timeframe.M5)).containsExactly(new Stretch(0, 21 * FIVE),
                new Stretch(42 * FIVE, 42 * FIVE));
    }

    @Test
    void isNotThereWhereNothingIs() {
        assertThat(Stretch.of(new TreeSet<>(), Timeframe.M1)).isEmpty();
    }

}
