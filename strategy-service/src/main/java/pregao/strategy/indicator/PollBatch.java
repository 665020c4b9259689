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

    private final List<CandleUpdate> arrivals = new ArrayList<>();

    private final Map<Instrument, Candle> firstMinutes = new LinkedHashMap<>();

    private final Map<TopicPartition, Long> next = new HashMap<>();

    void read(TopicPartition partition, long offset) {
        this.next.put(partition, offset + 1);
    }

    void add(CandleUpdate arrival) {
        this.arrivals.add(arrival);
        if (arrival.over()) {
            this.firstMinutes.putIfAbsent(arrival.candle().instrument(), arrival.candle());
        }
    }

    /** In the order in which they came. */
    List<CandleUpdate> arrivals() {
        return this.arrivals;
    }

    /** The first minute of each instrument that is over. */
    Map<Instrument, Candle> firstMinutes() {
        return this.firstMinutes;
    }

    /** The offset behind the last record. */
    Map<TopicPartition, Long> next() {
        return this.next;
    }

}
