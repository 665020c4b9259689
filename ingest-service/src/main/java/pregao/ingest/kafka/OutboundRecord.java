package pregao.ingest.kafka;

import pregao.contracts.Topic;

/**
 * Record to publish to Kafka.
 *
 * @param topic the topic
 * @param key the record key, which determines the partition
 * @param value the encoded value
 */
@SuppressWarnings("ArrayRecordComponent") // passed on only, never compared
public record OutboundRecord(Topic topic, String key, byte[] value) {
}
