package pregao.pipeline.offset;

import org.apache.kafka.common.TopicPartition;

/**
 * Learns of records that a topic does not have any more, though they were not read.
 */
@FunctionalInterface
public interface LostRecords {

    /**
     * Records are lost.
     * @param partition of which
     * @param storedOffset the next record to be read, by the database
     * @param firstOffset the first record that the topic has
     * @param endOffset behind the last record that the topic has
     */
    void onRecordsLost(TopicPartition partition, long storedOffset, long firstOffset, long endOffset);

}
