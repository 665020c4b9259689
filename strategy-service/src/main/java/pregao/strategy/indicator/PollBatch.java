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
 * What a poll brought, in its order.
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

    /** In the order in which they came. */
    List<CandleUpdate> updates() {
        return this.updates;
    }

    /** The first minute of each instrument that is over. */
    Map<Instrument, Candle> firstMinutes() {
        return this.firstMinutes;
    }

    /** The offset behind the last record. */
    Map<TopicPartition, Long> nextOffsets() {
        return this.nextOffsets;
    }

}
