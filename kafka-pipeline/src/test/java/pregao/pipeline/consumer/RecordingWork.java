package pregao.pipeline.consumer;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A processor that records its calls and fails as configured.
 */
final class RecordingWork implements PartitionProcessor {

    final List<String> processed = new ArrayList<>();

    final Map<Integer, Long> closeTimes = new HashMap<>();

    final Map<Integer, Long> readThrough = new HashMap<>();

    private final Map<TopicPartition, Long> storedOffsets = new HashMap<>();

    private final DeadLetterPublisher deadLetters;

    /** The exception to throw for the value of a record, or null. */
    Function<String, @Nullable Exception> failure = (value) -> null;

    int callCount;

    RecordingWork(DeadLetterPublisher deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) {
        partitions.forEach(
                (topicPartition) -> consumer.seek(topicPartition, this.storedOffsets.getOrDefault(topicPartition, 0L)));
        return true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        this.readThrough.clear();
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public long nextCloseTime(int partition) {
        return this.closeTimes.getOrDefault(partition, Long.MAX_VALUE);
    }

    @Override
    public void onReadThrough(int partition, long timestamp) {
        this.readThrough.put(partition, timestamp);
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        this.callCount++;
        List<String> values = new ArrayList<>();
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            String value = new String(record.value(), StandardCharsets.UTF_8);
            if (!this.deadLetters.consumeSkipMark(record)) {
                fail(this.failure.apply(value));
                values.add(value);
            }
            nextOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        this.processed.addAll(values);
        this.storedOffsets.putAll(nextOffsets);
        // Candles close once every record written before their close time is read.
        this.closeTimes.entrySet()
            .removeIf((entry) -> this.readThrough.getOrDefault(entry.getKey(), Long.MIN_VALUE) >= entry.getValue());
    }

    private static void fail(@Nullable Exception failure) throws SQLException {
        if (failure instanceof SQLException sqlException) {
            throw sqlException;
        }
        if (failure instanceof RuntimeException runtimeException) {
            throw runtimeException;
        }
    }

}
