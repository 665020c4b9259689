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
 * Work that remembers what it was asked to do, and fails as it is told.
 */
final class RecordingWork implements PartitionProcessor {

    final List<String> done = new ArrayList<>();

    final Map<Integer, Long> closes = new HashMap<>();

    final Map<Integer, Long> readThrough = new HashMap<>();

    private final Map<TopicPartition, Long> stored = new HashMap<>();

    private final DeadLetterPublisher letters;

    /** What to throw at a record, if anything. */
    Function<String, @Nullable Exception> failure = (value) -> null;

    int steps;

    RecordingWork(DeadLetterPublisher letters) {
        this.letters = letters;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) {
        partitions
            .forEach((topicPartition) -> consumer.seek(topicPartition, this.stored.getOrDefault(topicPartition, 0L)));
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
        return this.closes.getOrDefault(partition, Long.MAX_VALUE);
    }

    @Override
    public void onReadThrough(int partition, long moment) {
        this.readThrough.put(partition, moment);
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        this.steps++;
        List<String> values = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            String value = new String(record.value(), StandardCharsets.UTF_8);
            if (!this.letters.consumeSkipMark(record)) {
                fail(this.failure.apply(value));
                values.add(value);
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        this.done.addAll(values);
        this.stored.putAll(next);
        // What is read through is closed.
        this.closes.entrySet()
            .removeIf((each) -> this.readThrough.getOrDefault(each.getKey(), Long.MIN_VALUE) >= each.getValue());
    }

    private static void fail(@Nullable Exception failure) throws SQLException {
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
    }

}
