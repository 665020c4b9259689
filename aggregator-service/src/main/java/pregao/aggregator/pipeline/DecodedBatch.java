package pregao.aggregator.pipeline;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.tick.TickBatch;

/**
 * What one poll brought, decoded.
 *
 * @param ticks in order
 * @param given candles that a terminal or broker gave, and those that were withdrawn
 * @param next the offset behind the last record, by partition
 * @param putAside how many of the records were put aside
 * @param records how many there were
 */
record DecodedBatch(List<Partitioned<TickBatch>> ticks, List<Partitioned<CandleEvent>> given,
        Map<TopicPartition, Long> next, int putAside, int records) {

    DecodedBatch {
        ticks = List.copyOf(ticks);
        given = List.copyOf(given);
        next = Map.copyOf(next);
    }

    /**
     * Whether it may be read again after a failure without anybody noticing: it holds
     * nothing but our own candles.
     */
    boolean hasOnlyOwnCandles() {
        return this.given.isEmpty() && this.putAside == 0
                && this.next.keySet()
                    .stream()
                    .noneMatch((topicPartition) -> topicPartition.topic().equals(Topic.TICK.topicName()));
    }

    /**
     * A value and where it came from.
     *
     * @param partition of the record
     * @param value decoded
     */
    record Partitioned<T>(int partition, T value) {
    }

}
