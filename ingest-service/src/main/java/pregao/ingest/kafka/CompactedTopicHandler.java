package pregao.ingest.kafka;

import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Topic;

/**
 * A compacted topic whose newest records this service keeps in memory.
 */
public interface CompactedTopicHandler {

    Topic topic();

    /**
     * What this service's own settings add to the topic at start.
     * @return records
     */
    List<OutboundRecord> initialRecords();

    /**
     * Takes a record.
     * @param key the record's key
     * @param value its value, or null where it is gone
     * @throws IllegalArgumentException where the value cannot be decoded
     */
    void onRecord(String key, byte @Nullable [] value);

    /**
     * Learns that all followed topics were read to where they ended when the service
     * began: from now on what is not known is not there.
     */
    void onCaughtUp();

}
