package pregao.ingest.kafka;

import pregao.contracts.Topic;

/**
 * What is published.
 *
 * @param topic where
 * @param key by what it is kept in order
 * @param value encoded
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record OutboundRecord(Topic topic, String key, byte[] value) {
}
