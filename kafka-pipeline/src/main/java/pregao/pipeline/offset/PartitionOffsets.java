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
 * How far each partition we own is: by the database, and by what we have read. For one
 * thread.
 */
public final class PartitionOffsets {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final OffsetRepository repository;

    private final LostRecords lostRecords;

    private final Map<TopicPartition, Long> storedOffsets = new HashMap<>();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    /**
     * Positions of nothing.
     * @param repository where they are kept
     * @param lostRecords learns where a topic does not reach back to them
     */
    public PartitionOffsets(OffsetRepository repository, LostRecords lostRecords) {
        this.repository = repository;
        this.lostRecords = lostRecords;
    }

    /**
     * The name of a partition in the database.
     * @param partition of a topic
     * @return such as {@code tick/3}
     */
    public static String toKey(TopicPartition partition) {
        return partition.topic() + '/' + partition.partition();
    }

    /**
     * Goes where the database says; to the beginning of the topic where it says nothing.
     * @param connection to read with
     * @param consumer to which the partitions are assigned
     * @param partitions which
     * @return what is known of each; null where nobody began, or where the topic does not
     * go back so far any more
     * @throws SQLException where the database refuses
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
     * Whether a partition is ours.
     * @param partition of a topic
     * @return true after {@link #seekToStored}
     */
    public boolean owns(TopicPartition partition) {
        return this.storedOffsets.containsKey(partition);
    }

    /**
     * Gives partitions up.
     * @param partitions which
     */
    public void remove(Collection<TopicPartition> partitions) {
        partitions.forEach((partition) -> {
            this.storedOffsets.remove(partition);
            this.nextOffsets.remove(partition);
        });
    }

    /**
     * Remembers what was read.
     * @param nextOffsets the offset behind the last record, by partition
     */
    public void advance(Map<TopicPartition, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> this.nextOffsets.replace(partition, offset));
    }

    /**
     * The moves to be made: of every partition that was read further, and of every one
     * with something to remember.
     * @param storedCandles what the batch stored in a partition, as JSON; null to keep
     * what is there
     * @return the moves
     */
    public List<OffsetAdvance> pendingCommits(Function<TopicPartition, @Nullable String> storedCandles) {
        return pendingCommits(storedCandles, (partition) -> false);
    }

    /**
     * The moves to be made, and a step of no length of partitions that must still be
     * ours: what is written beside it is written by their owner, or by nobody.
     * @param fencedPartitions of which something is written, though maybe nothing was
     * read
     * @return the moves
     */
    public List<OffsetAdvance> pendingCommits(Collection<TopicPartition> fencedPartitions) {
        return pendingCommits((partition) -> null, fencedPartitions::contains);
    }

    /**
     * The moves to be made, where only a part of what was read is stored: with a step of
     * no length of the partitions of that part.
     * @param storedCandles what the part stored in a partition, as JSON; null to keep
     * what is there
     * @param fencedPartitions whether something is written of a partition
     * @return the moves
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
     * Remembers that the moves were made.
     */
    public void markCommitted() {
        this.storedOffsets.replaceAll((partition, offset) -> this.nextOffsets.getOrDefault(partition, offset));
    }

}
