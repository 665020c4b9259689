package pregao.strategy.indicator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;

/**
 * The decoded records of one poll, in their order.
 */
final class PollBatch {

    private final List<CandleUpdate> updates = new ArrayList<>();

    private final Map<Instrument, Candle> firstMinutes = new LinkedHashMap<>();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    void markRead(TopicPartition partition, long offset) {
        this.nextOffsets.put(partition, offset + 1);
    }

    void add(CandleUpdate update) {
        this.updates.add(update);
        if (update.over()) {
            this.firstMinutes.putIfAbsent(update.candle().instrument(), update.candle());
        }
    }

    /** Returns the candle updates in the order of their records. */
    List<CandleUpdate> updates() {
        return this.updates;
    }

    /** Returns the final candles in the order of their records. */
    List<Candle> finalCandles() {
        return this.updates.stream().filter(CandleUpdate::over).map(CandleUpdate::candle).toList();
    }

    /** Returns the first final candle of each instrument. */
    Map<Instrument, Candle> firstMinutes() {
        return this.firstMinutes;
    }

    /** Returns the next offset to read of each partition. */
    Map<TopicPartition, Long> nextOffsets() {
        return this.nextOffsets;
    }

}
