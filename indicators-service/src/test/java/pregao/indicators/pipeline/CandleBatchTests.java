package pregao.indicators.pipeline;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how much is computed at once.
 */
class CandleBatchTests {

    private static final TopicPartition PARTITION = new TopicPartition("candle", 0);

    @Test
    void endsAPartWhenSixtyFourSeriesReachBack() {
        CandleBatch batch = new CandleBatch();
        for (int iteration = 0; iteration < 2; iteration++) {
            for (int i = 0; i < 150; i++) {
                batch.add(PARTITION, candle("S" + i, iteration));
            }
        }
        assertThat(batch.pollPart((candle) -> true)).hasSize(64).allSatisfy((series, candles) -> {
            assertThat(candles).as("all candles of %s", series).hasSize(2);
        });
        assertThat(batch.pollPart((candle) -> true)).hasSize(64);
        assertThat(batch.isEmpty()).isFalse();
        assertThat(batch.pollPart((candle) -> true)).hasSize(22);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void takesAnyNumberOfSeriesThatOnlyGoOn() {
        CandleBatch batch = new CandleBatch();
        for (int i = 1; i < 1_000; i++) {
            batch.add(PARTITION, candle("S" + i, i));
        }
        assertThat(batch.pollPart((candle) -> candle.openTime() == 0)).hasSize(999);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void looksAtTheEarliestCandleOfASeries() {
        CandleBatch batch = new CandleBatch();
        for (int i = 0; i < 65; i++) {
            batch.add(PARTITION, candle("S" + i, 1));
            batch.add(PARTITION, candle("S" + i, 0));
        }
        assertThat(batch.pollPart((candle) -> candle.openTime() == 0)).hasSize(64);
    }

    private static CandleEvent candle(String symbol, int minute) {
        return CandleEvent.of(candle(symbol, minute, 1));
    }

    private static Candle candle(String symbol, int minute, int revision) {
        return PipelineHarness.candle(new Instrument("athens", symbol), Timeframe.M1, minute * Timeframe.M1.millis(),
                100_000_000, revision);
    }

    @Test
    void keepsTheNewestOfACandleThatIsWithdrawnAndComesAgain() {
        CandleBatch batch = new CandleBatch();
        batch.add(PARTITION, CandleEvent.of(candle("A", 0, 1)));
        batch.add(PARTITION, CandleEvent.withdrawn(candle("A", 0, 2)));
        batch.add(PARTITION, CandleEvent.of(candle("A", 0, 1)));
        batch.add(PARTITION, CandleEvent.withdrawn(candle("B", 0, 2)));
        batch.add(PARTITION, CandleEvent.of(candle("B", 0, 3)));

        assertThat(batch.drainWithdrawn()).extracting((candle) -> candle.instrument().symbol()).containsExactly("A");
        assertThat(batch.pollPart((candle) -> true)).hasSize(1);
        assertThat(batch.isEmpty()).isTrue();
    }

}
