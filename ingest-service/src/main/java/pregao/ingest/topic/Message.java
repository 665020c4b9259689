package pregao.ingest.topic;

import pregao.contracts.Topic;

/**
 * What is published.
 *
 * @param topic where
 * @param key by what it is kept in order
 * @param value encoded
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Message(Topic topic, String key, byte[] value) {
}
