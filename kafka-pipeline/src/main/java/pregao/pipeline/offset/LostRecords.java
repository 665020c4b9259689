package pregao.pipeline.offset;

import org.apache.kafka.common.TopicPartition;

/**
 * Is notified of records that a topic deleted before they were read.
 */
@FunctionalInterface
public interface LostRecords {

    /**
     * Is called when records are lost.
     * @param partition the partition
     * @param storedOffset the stored offset, which is that of the next record to read
     * @param firstOffset the offset of the first record that the topic still has
     * @param endOffset the offset after the last record
     */
    void onRecordsLost(TopicPartition partition, long storedOffset, long firstOffset, long endOffset);

}
