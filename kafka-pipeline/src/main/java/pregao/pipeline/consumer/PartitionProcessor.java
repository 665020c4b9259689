package pregao.pipeline.consumer;

import java.sql.SQLException;
import java.util.Collection;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Processes the records of the partitions that a consumer is assigned. One thread makes
 * all calls.
 */
public interface PartitionProcessor {

    /**
     * Recovers partitions: seeks to the offsets in the database, publishes again what a
     * crash may have left unpublished, and restores the open candles.
     * @param consumer the consumer that the partitions are assigned to; they are paused
     * @param partitions all assigned partitions
     * @param partitionCount the number of partitions of each topic
     * @return true if the recovery is complete, false to be called again soon
     * @throws SQLException if the database fails; the call is retried later
     */
    boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException;

    /**
     * Drops the state of partitions.
     * @param partitions partitions that are revoked, or that are recovered anew
     */
    void onPartitionsLost(Collection<TopicPartition> partitions);

    /**
     * Returns when {@link #process} has work to do even without records.
     * @return epoch milliseconds, or {@link Long#MAX_VALUE} for never
     */
    long nextDeadline();

    /**
     * Returns when the next open candle of a partition closes. It may close only after
     * every record written before that time is read.
     * @param partition the partition number, the same in all topics
     * @return epoch milliseconds, or {@link Long#MAX_VALUE} if nothing is open
     */
    default long nextCloseTime(int partition) {
        return Long.MAX_VALUE;
    }

    /**
     * Reports that every record written before a time is read, counting the records of
     * the next call of {@link #process}. Holds until {@link #onPartitionsLost}.
     * @param partition the partition number
     * @param timestamp the time, in epoch milliseconds
     */
    default void onReadThrough(int partition, long timestamp) {
    }

    /**
     * Processes records and the deadlines that are due: stores the results, then
     * publishes them.
     * @param records the records of a poll, in order; may be empty
     * @throws SQLException if the database fails
     */
    void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException;

}
