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

    private final Map<String, Deque<Entry>> waiting = new HashMap<>();

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /**
     * Takes a wish that is to be answered.
     * @param partition from where
     * @param offset of the record
     * @param wish what is missing
     * @return false where too many wishes of the feed wait, and this one is left out
     */
    boolean add(TopicPartition partition, long offset, BackfillRequest wish) {
        skip(partition, offset);
        Deque<Entry> queue = queue(wish);
        if (queue.size() >= MAX_PER_FEED) {
            return false;
        }
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).open.put(offset, true);
        queue.add(new Entry(partition, offset, wish));
        return true;
    }

    /**
     * Puts a wish back before the others of its feed.
     * @param entry one that {@link #next} gave; of a partition that was forgotten since,
     * it is dropped
     */
    void putBack(Entry entry) {
        if (this.partitions.containsKey(entry.partition())) {
            queue(entry.wish()).addFirst(entry);
        }
    }

    private Deque<Entry> queue(BackfillRequest wish) {
        return this.waiting.computeIfAbsent(wish.instrument().feed(), (feed) -> new ArrayDeque<>());
    }

    /**
     * Notes a record for which there is nothing to do.
     * @param partition from where
     * @param offset of the record
     */
    void skip(TopicPartition partition, long offset) {
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).next = offset + 1;
    }

    /**
     * The next wish to answer.
     * @param busy feeds of which none can be answered now
     * @return the oldest of another feed
     */
    Optional<Entry> next(Set<String> busy) {
        return this.waiting.entrySet()
            .stream()
            .filter((feed) -> !busy.contains(feed.getKey()) && !feed.getValue().isEmpty())
            .findFirst()
            .map((feed) -> feed.getValue().remove());
    }

    /**
     * Notes that a wish is over.
     * @param entry which
     */
    void done(Entry entry) {
        Partition partition = this.partitions.get(entry.partition());
        if (partition != null) {
            partition.open.remove(entry.offset());
        }
    }

    /**
     * Forgets partitions that another replica reads now.
     * @param gone which
     */
    void forget(Collection<TopicPartition> gone) {
        this.waiting.values().forEach((queue) -> queue.removeIf((entry) -> gone.contains(entry.partition())));
        this.partitions.keySet().removeAll(gone);
    }

    /**
     * How far everything is done.
     * @return where to go on after a restart, of partitions where that has changed
     */
    Map<TopicPartition, OffsetAndMetadata> progress() {
        Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
        this.partitions.forEach((name, partition) -> {
            long done = partition.done();
            if (done != partition.told) {
                partition.told = done;
                progress.put(name, new OffsetAndMetadata(done));
            }
        });
        return progress;
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

        private final TreeMap<Long, Boolean> open = new TreeMap<>();

        private long next;

        private long told = -1;

        long done() {
            return this.open.isEmpty() ? this.next : this.open.firstKey();
        }

    }

}
