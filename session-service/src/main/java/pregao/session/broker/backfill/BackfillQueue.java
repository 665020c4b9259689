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
 * Pending backfill requests in a bounded queue per feed, with the progress of each
 * partition. A full queue of one feed does not affect other feeds.
 */
final class BackfillQueue {

    private static final int MAX_PER_FEED = 500;

    private final Map<String, Deque<Entry>> queuesByFeed = new HashMap<>();

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /**
     * Adds a request.
     * @param partition the partition of the record
     * @param offset the offset of the record
     * @param request the request
     * @return false if the queue of the feed is full and the request is dropped
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
     * Puts a request back at the head of the queue of its feed.
     * @param entry an entry of {@link #pollNext}; dropped if its partition was revoked
     * since
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
     * Marks a record as done that needs no action.
     * @param partition the partition of the record
     * @param offset the offset of the record
     */
    void skip(TopicPartition partition, long offset) {
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).nextOffset = offset + 1;
    }

    /**
     * Removes and returns the oldest request of a feed that is not busy.
     * @param busyFeeds the feeds of which no request can be handled now
     * @return the request, or empty if there is none
     */
    Optional<Entry> pollNext(Set<String> busyFeeds) {
        return this.queuesByFeed.entrySet()
            .stream()
            .filter((entry) -> !busyFeeds.contains(entry.getKey()) && !entry.getValue().isEmpty())
            .findFirst()
            .map((entry) -> entry.getValue().remove());
    }

    /**
     * Marks a request as done.
     * @param entry the request
     */
    void markDone(Entry entry) {
        Partition partition = this.partitions.get(entry.partition());
        if (partition != null) {
            partition.pendingOffsets.remove(entry.offset());
        }
    }

    /**
     * Drops revoked partitions and their requests.
     * @param revoked the partitions
     */
    void dropPartitions(Collection<TopicPartition> revoked) {
        this.queuesByFeed.values().forEach((queue) -> queue.removeIf((entry) -> revoked.contains(entry.partition())));
        this.partitions.keySet().removeAll(revoked);
    }

    /**
     * Returns the offsets that changed since the previous call.
     * @return the offsets to commit, by partition
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
     * A request and the position of its record.
     *
     * @param partition the partition of the record
     * @param offset the offset of the record
     * @param wish the request
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
