package pregao.pipeline.consumer;

import java.sql.SQLException;
import java.util.Collection;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a service does in its loop. All of it is called by one thread.
 */
public interface PartitionProcessor {

    /**
     * Takes partitions over: seeks them to where the database says they are, publishes
     * again what a crash may have kept back, and takes up what is open.
     * @param consumer to which they are assigned; they are paused
     * @param partitions all that are assigned
     * @param partitionCount how many the topics have
     * @return whether all is taken over; otherwise it is called again soon
     * @throws SQLException where the database refuses; it is called again later
     */
    boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException;

    /**
     * Forgets all about partitions.
     * @param partitions that are not ours any more, or are to be taken over anew
     */
    void onPartitionsLost(Collection<TopicPartition> partitions);

    /**
     * When {@link #process} has something to do without a record.
     * @return epoch milliseconds
     */
    long nextDeadline();

    /**
     * When something of a partition closes that may only close once every record written
     * before that moment is read.
     * @param partition its number, the same in all topics
     * @return epoch milliseconds, {@link Long#MAX_VALUE} where nothing is open
     */
    default long nextCloseTime(int partition) {
        return Long.MAX_VALUE;
    }

    /**
     * Learns that every record written before a moment is read, with those of the next
     * {@link #process}. Holds until {@link #onPartitionsLost}.
     * @param partition its number
     * @param timestamp epoch milliseconds
     */
    default void onReadThrough(int partition, long timestamp) {
    }

    /**
     * Does what records and time ask for: stores, and then publishes.
     * @param records what a poll brought, in order, maybe none
     * @throws SQLException where the database refuses
     */
    void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException;

}
