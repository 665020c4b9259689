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

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Consumer<String, byte[]> consumer;

    private final InstantSource clock;

    /** The partitions of all topics, by their number. */
    private final Map<Integer, List<TopicPartition>> assigned = new TreeMap<>();

    private final Map<Integer, Sample> open = new HashMap<>();

    /** By {@link System#nanoTime}: no request before this after one that failed. */
    private long notBefore = System.nanoTime();

    EndOffsetSamples(Consumer<String, byte[]> consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Forgets all samples and follows these partitions.
     */
    void follow(Collection<TopicPartition> partitions) {
        this.open.clear();
        this.assigned.clear();
        partitions.forEach((topicPartition) -> this.assigned
            .computeIfAbsent(topicPartition.partition(), (number) -> new ArrayList<>())
            .add(topicPartition));
    }

    /**
     * When the next sample is due. A partition whose sample is not read yet needs none:
     * its records end the wait.
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where none is due
     */
    long nextDue(PartitionProcessor work) {
        long next = Long.MAX_VALUE;
        if (isPausing()) {
            return next;
        }
        for (Integer partition : this.assigned.keySet()) {
            if (!this.open.containsKey(partition)) {
                next = Math.min(next, work.nextClose(partition));
            }
        }
        return next;
    }

    /**
     * Whether records that were there at a due moment are still to be read.
     */
    boolean isWaiting() {
        return !this.open.isEmpty();
    }

    /**
     * Takes the samples that are due, with one request, and says which moments all
     * records have been read up to, those of the last poll included.
     */
    void look(PartitionProcessor work) {
        long now = this.clock.millis();
        List<Integer> due = new ArrayList<>();
        for (Integer partition : this.assigned.keySet()) {
            if (this.open.containsKey(partition)) {
                close(partition, work);
            }
            else if (work.nextClose(partition) <= now) {
                due.add(partition);
            }
        }
        if (!due.isEmpty() && !isPausing()) {
            sample(due, now);
            due.forEach((partition) -> close(partition, work));
        }
    }

    /**
     * How many records are not read, as far as the last answers of the brokers say.
     */
    long lag() {
        return this.consumer.assignment()
            .stream()
            .mapToLong((topicPartition) -> this.consumer.currentLag(topicPartition).orElse(0))
            .sum();
    }

    private boolean isPausing() {
        return System.nanoTime() - this.notBefore < 0;
    }

    private void sample(List<Integer> due, long now) {
        List<TopicPartition> asked = due.stream().flatMap((number) -> partitions(number).stream()).toList();
        try {
            Map<TopicPartition, Long> ends = this.consumer.endOffsets(asked, TIMEOUT);
            due.forEach((number) -> this.open.put(number, new Sample(now, ends)));
        }
        catch (RetriableException ex) {
            log.debug("end offsets of {} are asked for again: {}", due, ex.toString());
            this.notBefore = System.nanoTime() + PAUSE_NANOS;
        }
    }

    private void close(Integer number, PartitionProcessor work) {
        Sample sample = this.open.get(number);
        if (sample != null
                && partitions(number).stream().allMatch((topicPartition) -> isRead(topicPartition, sample))) {
            this.open.remove(number);
            work.readThrough(number, sample.moment());
        }
    }

    private boolean isRead(TopicPartition partition, Sample sample) {
        Long end = sample.ends().get(partition);
        return end != null && this.consumer.position(partition) >= end;
    }

    private List<TopicPartition> partitions(Integer number) {
        return this.assigned.getOrDefault(number, List.of());
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
