package pregao.pipeline.consumer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples end offsets and reports when all records before a sample are read. A sample of
 * a partition number covers that partition in all topics. Not thread-safe.
 */
final class EndOffsetSamples {

    private static final Logger log = LoggerFactory.getLogger(EndOffsetSamples.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

    private static final long RETRY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Consumer<String, byte[]> consumer;

    private final InstantSource clock;

    /** The assigned partitions of all topics, by partition number. */
    private final Map<Integer, List<TopicPartition>> partitionsByNumber = new TreeMap<>();

    private final Map<Integer, Sample> pendingSamples = new HashMap<>();

    /** No request is sent before this {@link System#nanoTime} after one that failed. */
    private long retryAtNanos = System.nanoTime();

    EndOffsetSamples(Consumer<String, byte[]> consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Drops all samples and tracks these partitions from now on.
     */
    void track(Collection<TopicPartition> partitions) {
        this.pendingSamples.clear();
        this.partitionsByNumber.clear();
        partitions.forEach((topicPartition) -> this.partitionsByNumber
            .computeIfAbsent(topicPartition.partition(), (number) -> new ArrayList<>())
            .add(topicPartition));
    }

    /**
     * Returns when the next sample is due. A partition with a pending sample needs none:
     * its records end the wait.
     * @return epoch milliseconds, or {@link Long#MAX_VALUE} if none is due
     */
    long nextDueTime(PartitionProcessor processor) {
        long dueTime = Long.MAX_VALUE;
        if (isBackingOff()) {
            return dueTime;
        }
        for (Integer partition : this.partitionsByNumber.keySet()) {
            if (!this.pendingSamples.containsKey(partition)) {
                dueTime = Math.min(dueTime, processor.nextCloseTime(partition));
            }
        }
        return dueTime;
    }

    /**
     * Returns true while records that existed at a due time are still unread.
     */
    boolean hasPendingSamples() {
        return !this.pendingSamples.isEmpty();
    }

    /**
     * Takes the samples that are due, with one request, and tells the processor up to
     * which time all records are read, including the records of the last poll.
     */
    void update(PartitionProcessor processor) {
        long now = this.clock.millis();
        List<Integer> due = new ArrayList<>();
        for (Integer partition : this.partitionsByNumber.keySet()) {
            if (this.pendingSamples.containsKey(partition)) {
                completeIfRead(partition, processor);
            }
            else if (processor.nextCloseTime(partition) <= now) {
                due.add(partition);
            }
        }
        if (!due.isEmpty() && !isBackingOff()) {
            takeSample(due, now);
            due.forEach((partition) -> completeIfRead(partition, processor));
        }
    }

    /**
     * Returns the number of unread records, as of the last fetch responses.
     */
    long computeLag() {
        return this.consumer.assignment()
            .stream()
            .mapToLong((topicPartition) -> this.consumer.currentLag(topicPartition).orElse(0))
            .sum();
    }

    private boolean isBackingOff() {
        return System.nanoTime() - this.retryAtNanos < 0;
    }

    private void takeSample(List<Integer> due, long now) {
        List<TopicPartition> topicPartitions = due.stream()
            .flatMap((number) -> getPartitions(number).stream())
            .toList();
        try {
            Map<TopicPartition, Long> endOffsets = this.consumer.endOffsets(topicPartitions, REQUEST_TIMEOUT);
            due.forEach((number) -> this.pendingSamples.put(number, new Sample(now, endOffsets)));
        }
        catch (RetriableException ex) {
            log.debug("end offsets of {} are asked for again: {}", due, ex.toString());
            this.retryAtNanos = System.nanoTime() + RETRY_DELAY_NANOS;
        }
    }

    private void completeIfRead(Integer number, PartitionProcessor processor) {
        Sample sample = this.pendingSamples.get(number);
        if (sample != null
                && getPartitions(number).stream().allMatch((topicPartition) -> isRead(topicPartition, sample))) {
            this.pendingSamples.remove(number);
            processor.onReadThrough(number, sample.moment());
        }
    }

    private boolean isRead(TopicPartition partition, Sample sample) {
        Long endOffset = sample.ends().get(partition);
        return endOffset != null && this.consumer.position(partition) >= endOffset;
    }

    private List<TopicPartition> getPartitions(Integer number) {
        return this.partitionsByNumber.getOrDefault(number, List.of());
    }

    /**
     * The end offsets at a point in time.
     *
     * @param moment when the request was sent, in epoch milliseconds
     * @param ends the offset after the last record, by partition
     */
    private record Sample(long moment, Map<TopicPartition, Long> ends) {
    }

}
