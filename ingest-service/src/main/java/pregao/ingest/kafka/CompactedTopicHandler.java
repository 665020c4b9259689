package pregao.ingest.kafka;

import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Topic;

/**
 * Handler of a compacted topic whose latest records the service keeps in memory.
 */
public interface CompactedTopicHandler {

    Topic topic();

    /**
     * Returns the records that the service's own settings add to the topic at startup.
     * @return the records to publish
     */
    List<OutboundRecord> initialRecords();

    /**
     * Applies a record.
     * @param key the key of the record
     * @param value the value of the record, or null for a tombstone
     * @throws IllegalArgumentException if the value cannot be decoded
     */
    void onRecord(String key, byte @Nullable [] value);

    /**
     * Called once all topics are read up to their end offsets at startup. From then on, a
     * missing key does not exist.
     */
    void onCaughtUp();

}
