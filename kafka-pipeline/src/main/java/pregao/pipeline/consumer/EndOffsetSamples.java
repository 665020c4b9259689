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
 * Samples of end offsets: what the brokers had at a moment, and whether all of that is
 * read. One sample of a partition number covers all topics. For one thread.
 */
final class EndOffsetSamples {

    private static final Logger log = LoggerFactory.getLogger(EndOffsetSamples.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

    private static final long RETRY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Consumer<String, byte[]> consumer;

    private final InstantSource clock;

    /** The partitions of all topics, by their number. */
    private final Map<Integer, List<TopicPartition>> partitionsByNumber = new TreeMap<>();

    private final Map<Integer, Sample> pendingSamples = new HashMap<>();

    /** By {@link System#nanoTime}: no request before this after one that failed. */
    private long retryAtNanos = System.nanoTime();

    EndOffsetSamples(Consumer<String, byte[]> consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Forgets all samples and follows these partitions.
     */
    void track(Collection<TopicPartition> partitions) {
        this.pendingSamples.clear();
        this.partitionsByNumber.clear();
        partitions.forEach((topicPartition) -> this.partitionsByNumber
            .computeIfAbsent(topicPartition.partition(), (number) -> new ArrayList<>())
            .add(topicPartition));
    }

    /**
     * When the next sample is due. A partition whose sample is not read yet needs none:
     * its records end the wait.
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where none is due
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
     * Whether records that were there at a due moment are still to be read.
     */
    boolean hasPendingSamples() {
        return !this.pendingSamples.isEmpty();
    }

    /**
     * Takes the samples that are due, with one request, and says which moments all
     * records have been read up to, those of the last poll included.
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
     * How many records are not read, as far as the last answers of the brokers say.
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
     * The end offsets at a moment.
     *
     * @param moment before the brokers were asked, epoch milliseconds
     * @param ends the offset behind the last record, by partition
     */
    private record Sample(long moment, Map<TopicPartition, Long> ends) {
    }

}
