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
     * @param stored the next record to be read, by the database
     * @param first the first record that the topic has
     * @param end behind the last record that the topic has
     */
    void lost(TopicPartition partition, long stored, long first, long end);

}
