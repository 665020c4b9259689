package pregao.indicators.loop;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how much is computed at once.
 */
class BatchTests {

    private static final TopicPartition PARTITION = new TopicPartition("candle", 0);

    @Test
    void isFullWhenSixtyFourSeriesReachBack() {
        Batch batch = new Batch((candle) -> true);
        for (int i = 0; i < 63; i++) {
            batch.add(PARTITION, candle("S" + i, 0));
            batch.add(PARTITION, candle("S" + i, 1));
        }
        assertThat(batch.isFull()).isFalse();
        batch.add(PARTITION, candle("S63", 0));
        assertThat(batch.isFull()).isTrue();
    }

    @Test
    void takesAnyNumberOfCandlesThatFollow() {
        Batch batch = new Batch((candle) -> candle.openTime() == 0);
        for (int i = 1; i < 1_000; i++) {
            batch.add(PARTITION, candle("S" + i, i));
        }
        assertThat(batch.isFull()).isFalse();
    }

    private static Candle candle(String symbol, int minute) {
        return IndicationDriver.candle(new Instrument("athens", symbol), Timeframe.M1, minute * Timeframe.M1.millis(),
                100_000_000, 1);
    }

}
