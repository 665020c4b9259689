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

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final OffsetRepository progress;

    private final LostRecords lostRecords;

    private final Map<TopicPartition, Long> stored = new HashMap<>();

    private final Map<TopicPartition, Long> advance = new HashMap<>();

    /**
     * Positions of nothing.
     * @param progress where they are kept
     * @param lostRecords learns where a topic does not reach back to them
     */
    public PartitionOffsets(OffsetRepository progress, LostRecords lostRecords) {
        this.progress = progress;
        this.lostRecords = lostRecords;
    }

    /**
     * The name of a partition in the database.
     * @param partition of a topic
     * @return such as {@code tick/3}
     */
    public static String key(TopicPartition partition) {
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
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions, TIMEOUT);
        Map<TopicPartition, @Nullable StoredOffset> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            StoredOffset storedOffset = this.progress.find(connection, key(partition));
            if (storedOffset == null) {
                this.progress.begin(connection, key(partition), begin);
            }
            long offset = (storedOffset != null) ? storedOffset.offset() : begin;
            this.stored.put(partition, offset);
            this.advance.put(partition, offset);
            long behind = end.getOrDefault(partition, begin);
            boolean inRange = offset >= begin && offset <= behind;
            if (!inRange) {
                this.lostRecords.lost(partition, offset, begin, behind);
            }
            consumer.seek(partition, inRange ? offset : begin);
            found.put(partition, inRange ? storedOffset : null);
        }
        return found;
    }

    /**
     * Whether a partition is ours.
     * @param partition of a topic
     * @return true after {@link #seekToStored}
     */
    public boolean owns(TopicPartition partition) {
        return this.stored.containsKey(partition);
    }

    /**
     * Gives partitions up.
     * @param partitions which
     */
    public void forget(Collection<TopicPartition> partitions) {
        partitions.forEach((partition) -> {
            this.stored.remove(partition);
            this.advance.remove(partition);
        });
    }

    /**
     * Remembers what was read.
     * @param next the offset behind the last record, by partition
     */
    public void advance(Map<TopicPartition, Long> next) {
        next.forEach((partition, offset) -> this.advance.replace(partition, offset));
    }

    /**
     * The moves to be made: of every partition that was read further, and of every one
     * with something to remember.
     * @param batch what the batch stored in a partition, as JSON; null to keep what is
     * there
     * @return the moves
     */
    public List<OffsetAdvance> pendingCommits(Function<TopicPartition, @Nullable String> batch) {
        return pendingCommits(batch, (partition) -> false);
    }

    /**
     * The moves to be made, and a step of no length of partitions that must still be
     * ours: what is written beside it is written by their owner, or by nobody.
     * @param fenced of which something is written, though maybe nothing was read
     * @return the moves
     */
    public List<OffsetAdvance> pendingCommits(Collection<TopicPartition> fenced) {
        return pendingCommits((partition) -> null, fenced::contains);
    }

    /**
     * The moves to be made, where only a part of what was read is stored: with a step of
     * no length of the partitions of that part.
     * @param batch what the part stored in a partition, as JSON; null to keep what is
     * there
     * @param fenced whether something is written of a partition
     * @return the moves
     */
    public List<OffsetAdvance> pendingCommits(Function<TopicPartition, @Nullable String> batch,
            Predicate<TopicPartition> fenced) {
        List<OffsetAdvance> moves = new ArrayList<>();
        this.stored.forEach((partition, offset) -> {
            long to = this.advance.getOrDefault(partition, offset);
            String candles = batch.apply(partition);
            if (to != offset || candles != null || fenced.test(partition)) {
                moves.add(new OffsetAdvance(key(partition), offset, to, candles));
            }
        });
        return moves;
    }

    /**
     * Remembers that the moves were made.
     */
    public void markCommitted() {
        this.stored.replaceAll((partition, offset) -> this.advance.getOrDefault(partition, offset));
    }

}
