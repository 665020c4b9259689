package pregao.session.backfill;

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

import pregao.contracts.backfill.BackfillWish;

/**
 * Wishes that were read and are not answered yet, and how far each partition is done.
 */
final class WishQueue {

    private static final int FULL = 500;

    private final Deque<Entry> waiting = new ArrayDeque<>();

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /**
     * Whether nothing more is to be read now.
     * @return true where it is full
     */
    boolean isFull() {
        return this.waiting.size() >= FULL;
    }

    /**
     * Takes a wish that is to be answered.
     * @param partition from where
     * @param offset of the record
     * @param wish what is missing
     */
    void add(TopicPartition partition, long offset, BackfillWish wish) {
        skip(partition, offset);
        this.partitions.computeIfAbsent(partition, (key) -> new Partition()).open.put(offset, true);
        this.waiting.add(new Entry(partition, offset, wish));
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
     * @param busy feeds of which one is being answered
     * @return the oldest of another feed
     */
    Optional<Entry> next(Set<String> busy) {
        Optional<Entry> found = this.waiting.stream()
            .filter((entry) -> !busy.contains(entry.wish().instrument().feed()))
            .findFirst();
        found.ifPresent(this.waiting::remove);
        return found;
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
        this.waiting.removeIf((entry) -> gone.contains(entry.partition()));
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
    record Entry(TopicPartition partition, long offset, BackfillWish wish) {

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
