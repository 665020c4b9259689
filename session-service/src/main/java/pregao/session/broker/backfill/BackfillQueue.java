package pregao.session.broker.backfill;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.backfill.BackfillRequest;

/**
 * Wishes that were read and are not answered yet, in a bounded queue for each feed, and
 * how far each partition is done. A feed whose queue is full costs the other feeds
 * nothing.
 */
final class BackfillQueue {

    private static final int MAX_PER_FEED = 500;

    private final Map<String, Deque<Entry>> queuesByFeed = new HashMap<>();

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /**
     * Takes a wish that is to be answered.
     * @param partition from where
     * @param offset of the record
     * @param request what is missing
     * @return false where too many wishes of the feed wait, and this one is left out
     */
    boolean add(TopicPartition partition, long offset, BackfillRequest request) {
        skip(partition, offset);
        Deque<Entry> queue = getQueue(request);
        if (queue.size() >= MAX_PER_FEED) {
            return false;
        }
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).pendingOffsets.put(offset, true);
        queue.add(new Entry(partition, offset, request));
        return true;
    }

    /**
     * Puts a wish back before the others of its feed.
     * @param entry one that {@link #pollNext} gave; of a partition that was forgotten
     * since, it is dropped
     */
    void putBack(Entry entry) {
        if (this.partitions.containsKey(entry.partition())) {
            getQueue(entry.wish()).addFirst(entry);
        }
    }

    private Deque<Entry> getQueue(BackfillRequest request) {
        return this.queuesByFeed.computeIfAbsent(request.instrument().feed(), (feed) -> new ArrayDeque<>());
    }

    /**
     * Notes a record for which there is nothing to do.
     * @param partition from where
     * @param offset of the record
     */
    void skip(TopicPartition partition, long offset) {
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).nextOffset = offset + 1;
    }

    /**
     * The next wish to answer.
     * @param busyFeeds feeds of which none can be answered now
     * @return the oldest of another feed
     */
    Optional<Entry> pollNext(Set<String> busyFeeds) {
        return this.queuesByFeed.entrySet()
            .stream()
            .filter((entry) -> !busyFeeds.contains(entry.getKey()) && !entry.getValue().isEmpty())
            .findFirst()
            .map((entry) -> entry.getValue().remove());
    }

    /**
     * Notes that a wish is over.
     * @param entry which
     */
    void markDone(Entry entry) {
        Partition partition = this.partitions.get(entry.partition());
        if (partition != null) {
            partition.pendingOffsets.remove(entry.offset());
        }
    }

    /**
     * Forgets partitions that another replica reads now.
     * @param revoked which
     */
    void dropPartitions(Collection<TopicPartition> revoked) {
        this.queuesByFeed.values().forEach((queue) -> queue.removeIf((entry) -> revoked.contains(entry.partition())));
        this.partitions.keySet().removeAll(revoked);
    }

    /**
     * How far everything is done.
     * @return where to go on after a restart, of partitions where that has changed
     */
    Map<TopicPartition, OffsetAndMetadata> drainCommittableOffsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        this.partitions.forEach((topicPartition, partition) -> {
            long offset = partition.committableOffset();
            if (offset != partition.lastReportedOffset) {
                partition.lastReportedOffset = offset;
                offsets.put(topicPartition, new OffsetAndMetadata(offset));
            }
        });
        return offsets;
    }

    /**
     * A wish and where it was read.
     *
     * @param partition from where
     * @param offset of the record
     * @param wish what is missing
     */
    record Entry(TopicPartition partition, long offset, BackfillRequest wish) {

    }

    private static final class Partition {

        private final TreeMap<Long, Boolean> pendingOffsets = new TreeMap<>();

        private long nextOffset;

        private long lastReportedOffset = -1;

        long committableOffset() {
            return this.pendingOffsets.isEmpty() ? this.nextOffset : this.pendingOffsets.firstKey();
        }

    }

}
