package pregao.aggregator.pipeline;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.tick.TickBatch;

/**
 * The decoded records of one poll.
 *
 * @param ticks the ticks, in order
 * @param given the provided candles, and M1 candles that were withdrawn
 * @param next the offset after the last record, by partition
 * @param putAside the number of records that became dead letters
 * @param records the number of records
 */
record DecodedBatch(List<Partitioned<TickBatch>> ticks, List<Partitioned<CandleEvent>> given,
        Map<TopicPartition, Long> next, int putAside, int records) {

    DecodedBatch {
        ticks = List.copyOf(ticks);
        given = List.copyOf(given);
        next = Map.copyOf(next);
    }

    /**
     * Returns true if the batch holds only candles of this service. Reading such a batch
     * again after a failure has no effect.
     */
    boolean hasOnlyOwnCandles() {
        return this.given.isEmpty() && this.putAside == 0
                && this.next.keySet()
                    .stream()
                    .noneMatch((topicPartition) -> topicPartition.topic().equals(Topic.TICK.topicName()));
    }

    /**
     * A value and the partition it was read from.
     *
     * @param partition the partition of the record
     * @param value the decoded value
     */
    record Partitioned<T>(int partition, T value) {
    }

}
