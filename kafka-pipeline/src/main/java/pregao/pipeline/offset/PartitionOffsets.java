package pregao.pipeline.offset;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of the owned partitions: as stored in the database, and as read so far. Not
 * thread-safe.
 */
public final class PartitionOffsets {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final OffsetRepository repository;

    private final LostRecords lostRecords;

    private final Map<TopicPartition, Long> storedOffsets = new HashMap<>();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    /**
     * Creates offsets without any partition.
     * @param repository the stored offsets
     * @param lostRecords is notified if a topic no longer has the stored offset
     */
    public PartitionOffsets(OffsetRepository repository, LostRecords lostRecords) {
        this.repository = repository;
        this.lostRecords = lostRecords;
    }

    /**
     * Returns the key of a partition in the database.
     * @param partition the partition
     * @return the key, such as {@code tick/3}
     */
    public static String toKey(TopicPartition partition) {
        return partition.topic() + '/' + partition.partition();
    }

    /**
     * Seeks to the stored offsets, or to the beginning of the topic if none is stored or
     * the topic no longer has it.
     * @param connection the connection to read with
     * @param consumer the consumer that the partitions are assigned to
     * @param partitions the partitions
     * @return the stored offset of each partition; null if none was stored or the topic
     * no longer has it
     * @throws SQLException if the database fails
     */
    public Map<TopicPartition, @Nullable StoredOffset> seekToStored(Connection connection,
            Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) throws SQLException {
        Map<TopicPartition, Long> beginningOffsets = consumer.beginningOffsets(partitions, REQUEST_TIMEOUT);
        Map<TopicPartition, Long> endOffsets = consumer.endOffsets(partitions, REQUEST_TIMEOUT);
        Map<TopicPartition, @Nullable StoredOffset> result = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long beginningOffset = beginningOffsets.getOrDefault(partition, 0L);
            StoredOffset storedOffset = this.repository.find(connection, toKey(partition));
            if (storedOffset == null) {
                this.repository.insertIfAbsent(connection, toKey(partition), beginningOffset);
            }
            long offset = (storedOffset != null) ? storedOffset.offset() : beginningOffset;
            this.storedOffsets.put(partition, offset);
            this.nextOffsets.put(partition, offset);
            long endOffset = endOffsets.getOrDefault(partition, beginningOffset);
            boolean inRange = offset >= beginningOffset && offset <= endOffset;
            if (!inRange) {
                this.lostRecords.onRecordsLost(partition, offset, beginningOffset, endOffset);
            }
            consumer.seek(partition, inRange ? offset : beginningOffset);
            result.put(partition, inRange ? storedOffset : null);
        }
        return result;
    }

    /**
     * Returns true if this replica owns a partition.
     * @param partition the partition
     * @return true after {@link #seekToStored}
     */
    public boolean owns(TopicPartition partition) {
        return this.storedOffsets.containsKey(partition);
    }

    /**
     * Removes partitions.
     * @param partitions the partitions
     */
    public void remove(Collection<TopicPartition> partitions) {
        partitions.forEach((partition) -> {
            this.storedOffsets.remove(partition);
            this.nextOffsets.remove(partition);
        });
    }

    /**
     * Records which offsets were read.
     * @param nextOffsets the offset after the last record read, by partition
     */
    public void advance(Map<TopicPartition, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> this.nextOffsets.replace(partition, offset));
    }

    /**
     * Returns the advances to store: of every partition with records read since the last
     * commit, and of every partition with stored candles.
     * @param storedCandles returns the keys of the candles that the batch stored in a
     * partition, as JSON; null to keep the stored keys
     * @return the advances
     */
    public List<OffsetAdvance> pendingCommits(Function<TopicPartition, @Nullable String> storedCandles) {
        return pendingCommits(storedCandles, (partition) -> false);
    }

    /**
     * Returns the advances to store, and a no-op advance of each fenced partition, so
     * that only the owner of a partition can write its data.
     * @param fencedPartitions the partitions whose data is written, even if none of their
     * records were read
     * @return the advances
     */
    public List<OffsetAdvance> pendingCommits(Collection<TopicPartition> fencedPartitions) {
        return pendingCommits((partition) -> null, fencedPartitions::contains);
    }

    /**
     * Returns the advances to store if only a part of a batch is stored, with a no-op
     * advance of each partition of that part.
     * @param storedCandles returns the keys of the candles that the part stored in a
     * partition, as JSON; null to keep the stored keys
     * @param fencedPartitions returns true if data of a partition is written
     * @return the advances
     */
    public List<OffsetAdvance> pendingCommits(Function<TopicPartition, @Nullable String> storedCandles,
            Predicate<TopicPartition> fencedPartitions) {
        List<OffsetAdvance> advances = new ArrayList<>();
        this.storedOffsets.forEach((partition, offset) -> {
            long nextOffset = this.nextOffsets.getOrDefault(partition, offset);
            String candles = storedCandles.apply(partition);
            if (nextOffset != offset || candles != null || fencedPartitions.test(partition)) {
                advances.add(new OffsetAdvance(toKey(partition), offset, nextOffset, candles));
            }
        });
        return advances;
    }

    /**
     * Records that the pending advances were committed.
     */
    public void markCommitted() {
        this.storedOffsets.replaceAll((partition, offset) -> this.nextOffsets.getOrDefault(partition, offset));
    }

}
