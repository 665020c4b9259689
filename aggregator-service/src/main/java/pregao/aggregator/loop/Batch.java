package pregao.aggregator.loop;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.candle.Candle;
import pregao.contracts.tick.Ticks;

/**
 * What one poll brought, decoded.
 *
 * @param ticks in order
 * @param given M1 candles that a terminal or broker gave
 * @param next the offset behind the last record, by partition
 * @param records how many there were
 */
record Batch(List<From<Ticks>> ticks, List<From<Candle>> given, Map<TopicPartition, Long> next, int records) {

    static final Batch EMPTY = new Batch(List.of(), List.of(), Map.of(), 0);

    Batch {
        ticks = List.copyOf(ticks);
        given = List.copyOf(given);
        next = Map.copyOf(next);
    }

    /**
     * Whether there is something to fold.
     */
    boolean hasWork() {
        return !this.ticks.isEmpty() || !this.given.isEmpty();
    }

    /**
     * A value and where it came from.
     *
     * @param partition of the record
     * @param value decoded
     */
    record From<T>(int partition, T value) {
    }

}
